// Degrees from -8 to 7 as they are shown.
let n = 0
let letters = 0
function shownAs(degrees: number): string {
    // here
    let text = degrees < 0 ? "minus " + -degrees : "plus " + degrees
    for (let i = 0; i < 4; i++) text = "<" + text + ">"
    return text
}
setInterval(() => {
    n++
    letters += shownAs((n % 16) - 8).length
}, 150)
