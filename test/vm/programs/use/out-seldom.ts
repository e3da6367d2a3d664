// A function that returns an object, called a few times only.
let sum = 0
let asked = 0
function stateOf(i: number) {
    return { on: i % 2 === 0, level: i }
}
setInterval(() => {
    if (asked < 8) {
        asked++
        const state = stateOf(asked)
        if (state.on) sum += state.level
    }
}, 500)
