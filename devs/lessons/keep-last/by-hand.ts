// The same display over a ring of twenty places: a new reading takes the place of the oldest, and the
// heap is after a year what it was after twenty readings.

const READINGS = 600
const SHOWN = 20
let mean = 0

// lesson: begin
let readings: Buffer
let oldest = 0

function note(degrees: number): void {
    readings[oldest] = degrees
    oldest = (oldest + 1) % SHOWN
}

function meanOfLast(): number {
    let sum = 0
    for (let i = 0; i < SHOWN; i++) sum += readings[i]
    return sum / SHOWN
}
// lesson: end

function evening(): void {
    // lesson: begin
    readings = Buffer.alloc(SHOWN)
    // lesson: end
    for (let i = 0; i < READINGS; i++) note(180 + ((i * 7) % 50))
    mean = meanOfLast()
}

console.log("work begins")
evening()
console.log("work ends")
console.log(`the last ${SHOWN}: ${mean} on the mean`)
