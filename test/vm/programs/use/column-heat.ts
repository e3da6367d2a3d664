// How warm it is on average, asked all the time of all that was measured at the start.
interface Reading {
    at: number
    degrees: number
    humidity: number
}
const readings: Reading[] = []
for (let i = 0; i < 60; i++) readings.push({ at: i * 60, degrees: (i * 7) % 40, humidity: i % 100 }) // here
let average = 0
setInterval(() => {
    let sum = 0
    for (const reading of readings) sum += reading.degrees
    average = sum / readings.length
}, 100)
