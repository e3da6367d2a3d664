// 40 sensors, each with a state of 3 bits; how many are in alarm is told every 5 seconds.
import { readPacked, writePacked } from "../../../../src/index"

const SENSORS = 40
const BITS = 3
const states = Buffer.alloc((SENSORS * BITS) / 8)
let tick = 0
let changes = 0

setInterval(() => {
    const sensor = (tick * 7) % SENSORS
    const state = (tick * 5) & 7
    if (readPacked(states, sensor, BITS) !== state) {
        changes++
        writePacked(states, sensor, BITS, state)
    }
    tick++
    if (tick % 50 !== 0) return
    let alarms = 0
    for (let i = 0; i < SENSORS; i++) if (readPacked(states, i, BITS) > 5) alarms++
    console.log(`${alarms} of ${SENSORS} in alarm after ${changes} changes`)
}, 100)
