// Every table has a card of settings: its lights, its music, its prices for the hour. All begin alike,
// and few tables ever change anything. Each gets a copy of its own at once.

import { CARD, TABLES } from "./card"

let cards: Buffer[]
let changed = 0

// lesson: begin
function lay(table: number): void {
    cards[table] = Buffer.from(CARD)
}

function change(table: number, setting: number, value: number): void {
    cards[table][setting] = value
    changed++
}
// lesson: end

function evening(): void {
    cards = new Array<Buffer>(TABLES)
    for (let table = 0; table < TABLES; table++) lay(table)
    for (let table = 5; table < TABLES; table += 10) {
        change(table, 3, table)
        change(table, 40, 99)
    }
}

console.log("work begins")
evening()
console.log("work ends")
let sum = 0
for (const card of cards) sum += card[3] + card[40] + card[47]
console.log(`${TABLES} tables, ${changed} changes, settings add up to ${sum}`)
