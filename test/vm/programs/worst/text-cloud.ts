import * as ds from "@devicescript/core"
import { subscribeMessage } from "@devicescript/cloud"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// A message whose text is long.
subscribeMessage("notice", async (message: any) => {
    if (message.text && message.text.length > 150) plant()
})
