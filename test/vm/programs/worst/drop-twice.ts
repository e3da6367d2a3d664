import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// The second time that the network is lost.
let lost = 0
for (;;) {
    await ds.sleep(1500)
    try {
        await fetch("http://status.example.com/")
    } catch (error) {
        lost = lost + 1
        if (lost >= 2) plant()
    }
}
