// A function fills what it is given.
const state = { on: false, level: 0 }
let sum = 0
let asked = 0
function stateInto(i: number, into: { on: boolean; level: number }): void {
    into.on = i % 2 === 0
    into.level = i
}
setInterval(() => {
    asked++
    stateInto(asked, state)
    if (state.on) sum += state.level
}, 100)
