// Looks for the way out in a loop.
function walk(x: number, steps: number): number {
    while (x !== 0) {
        x--
        steps++
    }
    return steps
}
let steps = 0
setInterval(() => {
    steps = walk(400, 0)
}, 1000)
