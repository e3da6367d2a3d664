import { restart } from "@devicescript/core"
// Starts anew now and then, to be on the safe side.
const readings: number[] = []
setInterval(() => {
    readings.push(readings.length) // here
}, 100)
setTimeout(() => restart(), 20000)
