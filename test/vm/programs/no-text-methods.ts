// Has objects, and never asks a text for a method or a length.
const state = { turns: 0, list: [1, 2, 3] }
setInterval(() => {
    state.turns++
    console.log("turn", state.turns, state.list.length)
}, 100)
