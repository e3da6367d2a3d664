// Every pair is another one.
let n = 0
let letters = 0
function placeOf(row: number, column: number): string {
    let name = "row " + row + ", column " + column
    while (name.length < 22) name = name + "."
    return name
}
setInterval(() => {
    n++
    letters += placeOf(n % 200, (n * 7) % 199).length
}, 100)
