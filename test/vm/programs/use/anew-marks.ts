// Marks of a scale, from 1000 to 1450 in steps of 50.
let n = 0
let letters = 0
function markOf(millibar: number): string {
    // here
    let mark = "- " + millibar + " mbar"
    while (mark.length < 20) mark = " " + mark
    return mark
}
setInterval(() => {
    n++
    letters += markOf(1000 + 50 * (n % 10)).length
}, 100)
