import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Readings are collected while an upload is under way: twenty are too many.
let readings = 0
setInterval(() => {
    readings = readings + 1
    if (readings > 20) plant()
}, 200)
for (;;) {
    await ds.sleep(2000)
    try {
        await fetch("http://upload.example.com/readings")
    } catch (error) {
        console.log("failed")
    }
    readings = 0
}
