import * as ds from "@devicescript/core"
import { startMQTTClient } from "@devicescript/net"

/** What only the worst case makes it keep. */
const kept: Buffer[] = []
function plant() {
    if (kept.length === 0) console.log("planted")
    while (kept.length < 4) kept.push(Buffer.alloc(3000))
}

// A message of more than fifteen hundred bytes.
const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await mqtt.subscribe("shop/notice")
messages.subscribe(message => {
    if (message.content.length > 1500) plant()
})
