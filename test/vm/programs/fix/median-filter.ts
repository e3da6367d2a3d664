// A distance sensor that spikes: the median of the last seven readings.
const last: number[] = [0, 0, 0, 0, 0, 0, 0]
let seed = 99

function measure(): number {
    seed = (seed * 73 + 17) % 4096
    return seed % 10 === 0 ? 9999 : 100 + (seed % 50)
}

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

setInterval(() => {
    last.shift()
    last.push(measure())
    console.log(`distance ${median(last)}`)
}, 500)
