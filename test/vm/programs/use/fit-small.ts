import { RingBuffer } from "../../../../src/ring-buffer"
// Far too large, by 40 bytes: not worth a word.
const waiting = new RingBuffer(48, 1)
let n = 0
let done = 0
setInterval(() => {
    waiting.push(n++ & 255)
    done += waiting.shift() as number
}, 100)
