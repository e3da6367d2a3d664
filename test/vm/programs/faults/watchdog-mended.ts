// Keeps what it needs, and has no reason to start anew.
const readings: number[] = []
setInterval(() => {
    readings.push(readings.length)
    if (readings.length > 50) readings.shift()
}, 100)
