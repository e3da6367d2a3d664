// What the function returns is written into: it has to be another one each time.
let sum = 0
let n = 0
function rowOf(width: number): number[] {
    const row: number[] = []
    for (let i = 0; i < width; i++) row.push(i)
    return row
}
setInterval(() => {
    n++
    const row = rowOf(8 + (n % 3))
    row[n % 8] = n
    sum += row[n % 8]
}, 100)
