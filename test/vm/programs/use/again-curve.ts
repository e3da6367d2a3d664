// The steps of a fade, for one of four speeds: the same lists again and again.
let sum = 0
let n = 0
function stepsOf(speed: number): number[] {
    // here
    const steps: number[] = []
    for (let i = 0; i < 12; i++) steps.push(Math.round((i * i * speed) / 10))
    return steps
}
setInterval(() => {
    n++
    const steps = stepsOf(1 + (n % 4))
    sum += steps[n % 12]
}, 200)
