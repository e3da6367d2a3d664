// Looks for the way out, one call a step.
function walk(x: number, steps: number): number {
    if (x === 0) return steps
    return walk(x - 1, steps + 1) // here
}
let steps = 0
setTimeout(() => {
    steps = walk(400, 0)
}, 1000)
