import { RingBuffer } from "../../../../src/ring-buffer"
// Numbers of jobs wait until two hundred others came.
const queue = new RingBuffer(255, 2)
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 4; i++) queue.push(n++ & 4095)
    while (queue.length > 200) done += queue.shift() as number
}, 100)
