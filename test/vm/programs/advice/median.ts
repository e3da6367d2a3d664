// The median of the last nine values, sorted into a new list each time.
const last = new Array<number>(9)
for (let i = 0; i < 9; i++) last[i] = i
function median(values: number[]): number {
    const sorted: number[] = []
    for (const value of values) {
        let i = 0
        while (i < sorted.length && sorted[i] < value) i++
        sorted.insert(i, 1)
        sorted[i] = value
    }
    return sorted[4]
}
let n = 0
let middle = 0
setInterval(() => {
    n++
    last[n % 9] = (n * 31) % 64
    middle = median(last)
}, 100)
