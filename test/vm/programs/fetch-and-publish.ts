import { delay } from "@devicescript/core"
import { fetch, startMQTTClient } from "@devicescript/net"

const answer = await fetch("https://api.example.com/weather.json")
console.log(`${answer.status} ${(await answer.json()).madeUp}`)
const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await mqtt.subscribe("garden/#")
messages.subscribe(message => console.log(`${message.topic} ${message.content.length > 0}`))
await mqtt.publish("garden/temperature", "21")
await delay(40000)
await mqtt.stop()
console.log("over")
