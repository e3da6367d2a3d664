import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Half an answer: its head came, and its body did not.
for (;;) {
    await ds.sleep(6000)
    try {
        const answer = await fetch("http://download.example.com/page")
        const length = parseInt(answer.headers.get("content-length"))
        const text = await answer.text()
        if (text.length < length) plant()
    } catch (error) {
        console.log("failed")
    }
}
