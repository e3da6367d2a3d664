// Keeps the last 60 readings and tells their least, most and mean, every 6 seconds.
import { packedRing, ringOverwrite, RING_START } from "../../../../src/index"

const KEPT = 60
const readings = packedRing(KEPT, 2)
let least = 0
let most = 0
let sum = 0
let tick = 0

setInterval(() => {
    const reading = 200 + ((tick * 37) % 101)
    tick++
    ringOverwrite(readings, reading)
    if (tick % 60 !== 0) return
    least = 0xffff
    most = 0
    sum = 0
    const length = readings.getAt(0, "u16")
    // All of them, in whatever order: by index, without a call.
    for (let at = RING_START; at < RING_START + 2 * length; at += 2) {
        const value = readings.getAt(at, "u16")
        if (value < least) least = value
        if (value > most) most = value
        sum += value
    }
    console.log(`${length}: ${least} to ${most}, ${Math.round(sum / length)}`)
}, 100)
