// Publishes the agent's reports, and prints what the broker passed on of them.
import "../../../devs/agent/start"
import { startMQTTClient } from "@devicescript/net"
import { publishReports } from "../../../devs/agent/mqtt"

const client = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await client.subscribe("heapscope/#")
messages.subscribe(({ topic, content }) => console.log(`${topic} ${content.toString()}`))
publishReports(client, "heapscope/kitchen")
