// The kitchen's temperature, noted all evening. The display asks for the mean of the last twenty, and
// nobody takes the older ones out: this is how most boards run out of memory.

const READINGS = 600
const SHOWN = 20
let mean = 0

// lesson: begin
let readings: number[] = []

function note(degrees: number): void {
    readings.push(degrees)
}

function meanOfLast(): number {
    let sum = 0
    for (let i = readings.length - SHOWN; i < readings.length; i++) sum += readings[i]
    return sum / SHOWN
}
// lesson: end

function evening(): void {
    for (let i = 0; i < READINGS; i++) note(180 + ((i * 7) % 50))
    mean = meanOfLast()
}

console.log("work begins")
evening()
console.log("work ends")
console.log(`the last ${SHOWN}: ${mean} on the mean`)
