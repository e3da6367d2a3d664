import * as ds from "@devicescript/core"
import { startMQTTClient } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// A press after the second message of the broker, and before the third.
const button = new ds.Button("confirm")
const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await mqtt.subscribe("door/state")
let count = 0
messages.subscribe(() => {
    count = count + 1
})
button.down.subscribe(() => {
    if (count === 2) plant()
})
