// The same cards, borrowed: every table has the one card in flash until it changes something. Only
// then does it get a copy.

import type { ReadonlyBytes } from "../../../src/byte-fields"
import { toOwned } from "../../../src/copy-on-write"
import { CARD, TABLES } from "./card"

let cards: ReadonlyBytes[]
let changed = 0

// lesson: begin
function lay(table: number): void {
    cards[table] = CARD
}

function change(table: number, setting: number, value: number): void {
    const card = toOwned(cards[table], CARD)
    card[setting] = value
    cards[table] = card
    changed++
}
// lesson: end

function evening(): void {
    cards = new Array<ReadonlyBytes>(TABLES)
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
