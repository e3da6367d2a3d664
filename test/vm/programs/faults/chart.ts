import { millis } from "@devicescript/core"
// Two lists that belong together.
const times: number[] = []
const levels: number[] = []
let level = 20
setInterval(() => {
    level += (millis() % 7) - 3
    times.push(millis()) // here
    levels.push(level)
}, 60)
