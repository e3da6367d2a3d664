// The last forty samples, the oldest given up: a window.
interface Sample {
    raw: number
    gain: number
    light: number
    seen: boolean
}
const last: Sample[] = []
let n = 0
let sum = 0
setInterval(() => {
    n++
    last.push({ raw: (n * 37) % 1000, gain: n % 4, light: (n * 11) % 250, seen: n % 3 === 0 }) // here
    if (last.length > 40) last.shift()
    sum += last[0].raw
}, 40)
