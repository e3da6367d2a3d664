import * as ds from "@devicescript/core"
import { fetch } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Not answered within four seconds, it is asked for a second time.
let isPending = false
async function ask() {
    try {
        await fetch("http://order.example.com/next")
    } catch (error) {
        console.log("failed")
    }
    isPending = false
}
setInterval(() => {
    if (isPending) {
        plant()
        return
    }
    isPending = true
    // A timer's own function is waited for before it is called again.
    setTimeout(ask, 0)
}, 4000)
