import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// What was not uploaded is kept.
for (;;) {
    await ds.sleep(5000)
    try {
        const answer = await fetch("http://upload.example.com/day")
        await answer.text()
    } catch (error) {
        plant()
    }
}
