// What to do to undo each step: every closure keeps the frame it was made in.
const undo: (() => void)[] = []
let total = 0
function add(price: number) {
    const before = total
    total += price
    // fills
    undo.push(() => {
        total = before
    })
}
setInterval(() => add(3), 1000)
