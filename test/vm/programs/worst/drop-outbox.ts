import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// What is sent while there is no network waits in a list.
let waiting = 0
setInterval(async () => {
    waiting = waiting + 1
    if (waiting > 8) plant()
    try {
        await fetch("http://outbox.example.com/")
        waiting = 0
    } catch (error) {
        console.log("failed")
    }
}, 1000)
