// The same, each kept at the place of its step.
const known: string[] = []
let n = 0
let letters = 0
function markOf(millibar: number): string {
    let mark = known[(millibar - 1000) / 50]
    if (mark !== undefined) return mark
    mark = "- " + millibar + " mbar"
    while (mark.length < 20) mark = " " + mark
    known[(millibar - 1000) / 50] = mark
    return mark
}
setInterval(() => {
    n++
    letters += markOf(1000 + 50 * (n % 10)).length
}, 100)
