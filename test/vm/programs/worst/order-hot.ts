import * as ds from "@devicescript/core"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// The button while it is hotter than ninety degrees.
const button = new ds.Button("stop")
const oven = new ds.Temperature("oven")
let degrees = 0
oven.reading.subscribe(value => {
    degrees = value
})
button.down.subscribe(() => {
    if (degrees > 90) plant()
})
