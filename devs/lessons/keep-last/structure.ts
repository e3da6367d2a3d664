// The same ring with its checks: it refuses a reading that does not fit in a byte, knows how many it
// holds before it is full, and counts those that gave way. Nothing but a buffer, so it costs nothing more.

import {
    packedRing,
    ringLength,
    ringOverwrite,
    RING_START,
    type PackedRing,
} from "../../../src/packed-ring"

const READINGS = 600
const SHOWN = 20
let mean = 0

// lesson: begin
let readings: PackedRing

function meanOfLast(): number {
    const length = ringLength(readings)
    let sum = 0
    // All of them, in whatever order: by index, without a call each.
    for (let at = RING_START; at < RING_START + length; at++) sum += readings[at]
    return sum / length
}
// lesson: end

function evening(): void {
    // lesson: begin
    readings = packedRing(SHOWN, 1)
    for (let i = 0; i < READINGS; i++) ringOverwrite(readings, 180 + ((i * 7) % 50))
    // lesson: end
    mean = meanOfLast()
}

console.log("work begins")
evening()
console.log("work ends")
console.log(`the last ${SHOWN}: ${mean} on the mean`)
