import { millis } from "@devicescript/core"
// The last of two lists that belong together.
const times: number[] = []
const levels: number[] = []
let level = 20
setInterval(() => {
    level += (millis() % 7) - 3
    times.push(millis())
    levels.push(level)
    if (times.length > 200) {
        times.shift()
        levels.shift()
    }
}, 60)
