// The same, put into an object that the caller has.
const rows: number[][] = [
    [3, 9, 4],
    [8, 1, 7],
    [5, 5, 6],
]
let widest = 0
function rangeOf(values: number[], range: { least: number; most: number }): void {
    let least = values[0]
    let most = values[0]
    for (const value of values) {
        least = Math.min(least, value)
        most = Math.max(most, value)
    }
    range.least = least
    range.most = most
}
const range = { least: 0, most: 0 }
setInterval(() => {
    for (const row of rows) {
        rangeOf(row, range)
        widest = Math.max(widest, range.most - range.least)
    }
}, 200)
