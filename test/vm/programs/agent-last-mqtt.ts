// Keeps what it reports, dies of a full heap, and prints what the broker passes on.
import "../../../devs/agent/start"
import { startMQTTClient } from "@devicescript/net"
import { keepReports } from "../../../devs/agent/last"
import { publishLine, publishReports } from "../../../devs/agent/mqtt"

const client = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await client.subscribe("heapscope/#")
messages.subscribe(({ topic, content }) => console.log(`${topic} ${content.toString()}`))
publishReports(client, "heapscope/shed")
await keepReports(async line => await publishLine(client, line, "heapscope/shed"))
const held: Buffer[] = []
setInterval(() => {
    held.push(Buffer.alloc(400))
}, 500)
