import { OverwritingRingBuffer } from "../../../../src/overwriting-ring-buffer"
// The last day, a minute each: it takes a day until it is full.
const minutes = new OverwritingRingBuffer(1440, 2)
let n = 0
setInterval(() => {
    minutes.push(n++ & 1023)
}, 250)
