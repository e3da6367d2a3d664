// The same ring with its checks: it refuses a reading that does not fit in a byte, knows how many it
// holds before it is full, and counts those that gave way.

import { OverwritingRingBuffer } from "../../../src/overwriting-ring-buffer"

const READINGS = 600
const SHOWN = 20
let mean = 0

// lesson: begin
let readings: OverwritingRingBuffer

function meanOfLast(): number {
    let sum = 0
    for (let i = 0; i < readings.length; i++) sum += readings.get(i)
    return sum / readings.length
}
// lesson: end

function evening(): void {
    // lesson: begin
    readings = new OverwritingRingBuffer(SHOWN, 1)
    for (let i = 0; i < READINGS; i++) readings.push(180 + ((i * 7) % 50))
    // lesson: end
    mean = meanOfLast()
}

console.log("work begins")
evening()
console.log("work ends")
console.log(`the last ${SHOWN}: ${mean} on the mean`)
