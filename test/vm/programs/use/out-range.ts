// The least and the most of some values, found anew for each row.
const rows: number[][] = [
    [3, 9, 4],
    [8, 1, 7],
    [5, 5, 6],
]
let widest = 0
function rangeOf(values: number[]) {
    let least = values[0]
    let most = values[0]
    for (const value of values) {
        least = Math.min(least, value)
        most = Math.max(most, value)
    }
    return { least, most } // here
}
setInterval(() => {
    for (const row of rows) {
        const range = rangeOf(row)
        widest = Math.max(widest, range.most - range.least)
    }
}, 200)
