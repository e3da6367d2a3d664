// What a place on a board is called: by row and column, of four times six.
let n = 0
let letters = 0
function placeOf(row: number, column: number): string {
    // here
    let name = "row " + row + ", column " + column
    while (name.length < 22) name = name + "."
    return name
}
setInterval(() => {
    n++
    letters += placeOf(n % 4, (n * 5) % 6).length
}, 100)
