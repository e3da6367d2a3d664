import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Whoever waits for ten seconds gets a page of its own.
for (;;) {
    await ds.sleep(3000)
    const began = ds.millis()
    try {
        await fetch("http://slow.example.com/")
        if (ds.millis() - began > 10000) plant()
    } catch (error) {
        console.log("failed")
    }
}
