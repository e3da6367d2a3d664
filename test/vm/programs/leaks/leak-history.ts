// A list of readings that nobody ever shortens: numbers only, so it is one block that grows.
const station = { name: "kitchen", history: [] as number[] }
let reading = 20
setInterval(() => {
    reading = (reading * 7 + 3) % 101
    station.history.push(reading) // fills
}, 500)
