import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Orders pressed while the server thinks about one: three wait at most.
const button = new ds.Button()
let waiting = 0
button.down.subscribe(() => {
    waiting = waiting + 1
    if (waiting > 4) plant()
})
for (;;) {
    await ds.sleep(100)
    if (waiting === 0) continue
    try {
        await fetch("http://order.example.com/new")
    } catch (error) {
        console.log("failed")
    }
    waiting = 0
}
