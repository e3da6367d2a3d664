// The same, each list kept at the place of its speed.
const known: number[][] = []
let sum = 0
let n = 0
function stepsOf(speed: number): number[] {
    if (known[speed]) return known[speed]
    const steps: number[] = []
    for (let i = 0; i < 12; i++) steps.push(Math.round((i * i * speed) / 10))
    known[speed] = steps
    return steps
}
setInterval(() => {
    n++
    const steps = stepsOf(1 + (n % 4))
    sum += steps[n % 12]
}, 200)
