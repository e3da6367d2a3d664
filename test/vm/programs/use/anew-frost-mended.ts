// The same, each kept at the place of its degrees.
const known: string[] = []
let n = 0
let letters = 0
function shownAs(degrees: number): string {
    let text = known[degrees + 8]
    if (text !== undefined) return text
    text = degrees < 0 ? "minus " + -degrees : "plus " + degrees
    for (let i = 0; i < 4; i++) text = "<" + text + ">"
    known[degrees + 8] = text
    return text
}
setInterval(() => {
    n++
    letters += shownAs((n % 16) - 8).length
}, 150)
