import * as ds from "@devicescript/core"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// The second button within a tenth of a second after the first, not the other way round.
const first = new ds.Button("first")
const second = new ds.Button("second")
let atMs = -5000
first.down.subscribe(() => {
    atMs = ds.millis()
})
second.down.subscribe(() => {
    if (ds.millis() - atMs < 100) plant()
})
