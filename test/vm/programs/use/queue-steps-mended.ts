import { RingBuffer } from "../../../../src/ring-buffer"
// Steps of a motor, in order.
const queue = new RingBuffer(510, 1)
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 8; i++) queue.push(n++ % 60)
    while (queue.length > 400) done += queue.shift() as number
}, 200)
