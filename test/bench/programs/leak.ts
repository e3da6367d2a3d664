// Does its work ten times a second, forgets a little of it every twenty seconds, and dies after hours.
const seen: { at: number }[] = []
let ticks = 0
let line = ""
setInterval(() => {
    ticks++
    line = "tick " + ticks
    if (ticks % 200 === 0) seen.push({ at: line.length })
}, 100)
