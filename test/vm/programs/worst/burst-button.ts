import * as ds from "@devicescript/core"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Presses wait in a list that is emptied every 600 ms: four at once are too many.
const button = new ds.Button()
let waiting = 0
button.down.subscribe(() => {
    waiting = waiting + 1
    if (waiting >= 4) plant()
})
setInterval(() => {
    waiting = 0
}, 600)
