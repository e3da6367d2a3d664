import * as ds from "@devicescript/core"
import { subscribeMessage } from "@devicescript/cloud"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Six messages of the cloud within a second.
let waiting = 0
subscribeMessage("orders", async () => {
    waiting = waiting + 1
    if (waiting >= 6) plant()
})
setInterval(() => {
    waiting = 0
}, 1000)
