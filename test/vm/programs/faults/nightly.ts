import { restart } from "@devicescript/core"
// Keeps the last hundred of what it measures, and starts anew when the network is to be set up again.
const readings: number[] = []
let n = 0
setInterval(() => {
    readings.push(n++ % 40)
    if (readings.length > 100) readings.shift()
}, 100)
setTimeout(() => restart(), 60000)
