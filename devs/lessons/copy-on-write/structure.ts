// The same cards and the same byte a table. toOwned makes the copy if there is none yet, and only
// then; its types say that what is borrowed cannot be written to.

import type { Bytes, ReadonlyBytes } from "../../../src/byte-fields"
import { toOwned } from "../../../src/copy-on-write"
import { CARD, TABLES } from "./card"

// lesson: begin
let owned: Bytes[]
let cards: Buffer

function change(table: number, setting: number, value: number): void {
    const card = toOwned(cardOf(table), CARD)
    card[setting] = value
    if (cards[table] === 0) cards[table] = owned.push(card)
    changed++
}

function cardOf(table: number): ReadonlyBytes {
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
