import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// An answer of more than four thousand characters is kept.
setInterval(async () => {
    try {
        const answer = await fetch("http://news.example.com/today")
        const text = await answer.text()
        if (text.length > 4000) plant()
    } catch (error) {
        console.log("failed")
    }
}, 10000)
