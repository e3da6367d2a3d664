// Lists that are made at each call: one is sorted and dropped, one has holes, one is handed on.
const last = [5, 3, 9, 1, 7, 4, 8]
let turn = 0
let longest = 0

function median(values: number[]): number {
    const sorted = values.slice()
    for (let i = 1; i < sorted.length; i++) {
        for (let j = i; j > 0 && sorted[j - 1] > sorted[j]; j--) {
            const swap = sorted[j]
            sorted[j] = sorted[j - 1]
            sorted[j - 1] = swap
        }
    }
    return sorted[3]
}

function sparse(at: number): number {
    const holes: number[] = []
    holes[at] = 1
    return holes[0]
}

function measure(values: number[]): void {
    longest = Math.max(longest, values.length)
}

function grow(count: number): void {
    const handed: number[] = []
    for (let i = 0; i < count; i++) handed.push(i)
    measure(handed)
}

setInterval(() => {
    turn++
    last[turn % 7] = (turn * 31) % 64
    grow(8)
    console.log(`${median(last)} ${sparse(turn % 8)} ${longest}`)
}, 100)
