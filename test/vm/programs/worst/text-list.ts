import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// A list of more than eighty entries in an answer.
setInterval(async () => {
    try {
        const answer = await fetch("http://list.example.com/all.json")
        const found = (await answer.json()) as any
        if (found.data.length > 80) plant()
    } catch (error) {
        console.log("failed")
    }
}, 8000)
