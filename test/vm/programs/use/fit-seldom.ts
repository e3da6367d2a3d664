import { OverwritingRingBuffer } from "../../../../src/overwriting-ring-buffer"
// Somebody comes now and then: the last hundred of a day.
const visits = new OverwritingRingBuffer(400, 4)
let n = 0
visits.push(n++)
setInterval(() => {
    visits.push(n++)
}, 40000)
