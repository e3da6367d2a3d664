// The same, each kept at the place of row and column.
const known: string[] = []
let n = 0
let letters = 0
function placeOf(row: number, column: number): string {
    let name = known[row * 6 + column]
    if (name !== undefined) return name
    name = "row " + row + ", column " + column
    while (name.length < 22) name = name + "."
    known[row * 6 + column] = name
    return name
}
setInterval(() => {
    n++
    letters += placeOf(n % 4, (n * 5) % 6).length
}, 100)
