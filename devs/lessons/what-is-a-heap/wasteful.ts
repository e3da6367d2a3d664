// Guests come and are noted: an object for each, a text for each, a list of them all. At the end only
// three figures are asked for.

const GUESTS = 150
let total = 0
let largest = 0
let label = ""

// lesson: begin
interface Guest {
    table: number
    cents: number
    note: string
}

let guests: Guest[] = []

function arrive(i: number): void {
    const cents = 900 + ((i * 37) % 4100)
    guests.push({ table: i % 20, cents, note: "table " + (i % 20) })
}

function evening(count: number): void {
    for (let i = 0; i < count; i++) arrive(i)
    for (const guest of guests) {
        total += guest.cents
        if (guest.cents > largest) {
            largest = guest.cents
            label = guest.note
        }
    }
}
// lesson: end

console.log("work begins")
evening(GUESTS)
console.log("work ends")
console.log(`${total} cents, the most at ${label}: ${largest}`)
