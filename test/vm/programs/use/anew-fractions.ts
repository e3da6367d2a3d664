// Of numbers that are no whole ones nobody knows a place.
let n = 0
let letters = 0
function shownAs(volts: number): string {
    let text = volts + " V"
    for (let i = 0; i < 4; i++) text = "<" + text + ">"
    return text
}
setInterval(() => {
    n++
    letters += shownAs((n % 7) / 3).length
}, 150)
