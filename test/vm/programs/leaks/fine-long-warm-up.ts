// A cache that takes half of the time watched to fill, and then has its bound.
class Reading {
    constructor(
        public at: number,
        public value: number,
    ) {}
}
const readings: Reading[] = []
let n = 0
setInterval(() => {
    const reading = new Reading(n, (n * 37) % 100)
    if (readings.length < 150) readings.push(reading)
    else readings[n % 150] = reading
    n++
}, 2000)
