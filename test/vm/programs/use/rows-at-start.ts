// The sum is made once.
interface Reading {
    at: number
    degrees: number
    humidity: number
}
const readings: Reading[] = []
for (let i = 0; i < 60; i++) readings.push({ at: i * 60, degrees: (i * 7) % 40, humidity: i % 100 })
let sum = 0
for (const reading of readings) sum += reading.degrees
let n = 0
setInterval(() => {
    const reading = readings[n++ % readings.length]
    sum += reading.at + reading.humidity
}, 100)
