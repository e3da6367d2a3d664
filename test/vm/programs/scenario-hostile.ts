import { fetch } from "@devicescript/net"
import { delay } from "@devicescript/core"

// Asks a server again and again, and says what came of it.
for (;;) {
    await delay(1000)
    try {
        const answer = await fetch("http://hostile.example.com/")
        const text = await answer.text()
        console.log(`got ${text.length}`)
        console.log(`value ${(JSON.parse(text) as any).value}`)
    } catch (error) {
        console.log("failed: " + (error as Error).message)
    }
}
