import { millis } from "@devicescript/core"
// A client that remembers the last it has published.
class Publisher {
    sent: { topic: string; payload: string; at: number }[] = []
    publish(topic: string, payload: string) {
        const message = { topic, payload, at: millis() }
        this.sent.push(message)
        if (this.sent.length > 20) this.sent.shift()
    }
}
const client = new Publisher()
let n = 0
setInterval(() => client.publish("plant/water", `${n++} ml`), 100)
