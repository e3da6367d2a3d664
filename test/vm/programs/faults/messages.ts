import { millis } from "@devicescript/core"
// A client that remembers whatever it has published.
class Publisher {
    sent: { topic: string; payload: string; at: number }[] = []
    publish(topic: string, payload: string) {
        const message = { topic, payload, at: millis() }
        this.sent.push(message) // here
    }
}
const client = new Publisher()
let n = 0
setInterval(() => client.publish("plant/water", `${n++} ml`), 100)
