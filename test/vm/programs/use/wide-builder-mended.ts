import { StringBuilder } from "../../../../src/string-builder"
// A line of a display has at most twenty characters.
const line = new StringBuilder(16) // here
let n = 0
let shown = 0
setInterval(() => {
    line.clear()
    line.text("level ")
    line.integer(n++ % 1000)
    shown += line.build().length
}, 200)
