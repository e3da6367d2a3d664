import * as ds from "@devicescript/core"
import { startMQTTClient } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// Twelve messages within a second are more than it works off.
const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await mqtt.subscribe("plant/level")
let waiting = 0
messages.subscribe(() => {
    waiting = waiting + 1
    if (waiting >= 12) plant()
})
setInterval(() => {
    waiting = 0
}, 1000)
