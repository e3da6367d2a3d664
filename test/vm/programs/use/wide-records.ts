import { RecordRing } from "../../../../src/record-ring"
// Messages wait for the network, three at most.
const outbox = new RecordRing(700, 12) // here
let n = 0
let sent = 0
setInterval(() => {
    for (let i = 0; i < 3; i++) {
        const start = outbox.push()
        outbox.buffer[start] = n++ & 255
    }
    while (outbox.length > 0) {
        sent += outbox.buffer[outbox.peek()]
        outbox.shift()
    }
}, 200)
