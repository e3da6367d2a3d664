// Keeps the last few, and has no need to start anew.
const readings: number[] = []
let n = 0
setInterval(() => {
    readings.push(n++)
    if (readings.length > 50) readings.shift()
}, 100)
