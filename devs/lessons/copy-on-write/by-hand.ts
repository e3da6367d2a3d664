// The same cards, borrowed: every table has the one card in flash until it changes something. Only
// then does it get a copy. Which card a table has is a byte: 0 is the one in flash.

import { CARD, TABLES } from "./card"

// lesson: begin
let owned: Buffer[]
let cards: Buffer

function change(table: number, setting: number, value: number): void {
    if (cards[table] === 0) {
        owned.push(Buffer.from(CARD))
        cards[table] = owned.length
    }
    owned[cards[table] - 1][setting] = value
    changed++
}

function cardOf(table: number): Buffer {
    return cards[table] === 0 ? CARD : owned[cards[table] - 1]
}
// lesson: end

let changed = 0

function evening(): void {
    // lesson: begin
    owned = []
    cards = Buffer.alloc(TABLES)
    // lesson: end
    for (let table = 5; table < TABLES; table += 10) {
        change(table, 3, table)
        change(table, 40, 99)
    }
}

console.log("work begins")
evening()
console.log("work ends")
let sum = 0
for (let table = 0; table < TABLES; table++) {
    const card = cardOf(table)
    sum += card[3] + card[40] + card[47]
}
console.log(`${TABLES} tables, ${changed} changes, settings add up to ${sum}`)
