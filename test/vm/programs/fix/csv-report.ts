// Once in ten seconds the samples since then, as a line of comma separated values.
const samples: number[] = []
let seed = 7

function report(): string {
    let line = "samples"
    for (const sample of samples) {
        line += ","
        line += sample
    }
    return line
}

setInterval(() => {
    seed = (seed * 31 + 11) % 997
    samples.push(seed)
    if (samples.length === 20) {
        console.log(report())
        while (samples.length > 0) samples.pop()
    }
}, 500)
