// The same with one list for good.
const last = new Array<number>(9)
for (let i = 0; i < 9; i++) last[i] = i
const sorted = new Array<number>(9)
function median(values: number[]): number {
    let length = 0
    for (const value of values) {
        let i = length++
        while (i > 0 && sorted[i - 1] > value) {
            sorted[i] = sorted[i - 1]
            i--
        }
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
