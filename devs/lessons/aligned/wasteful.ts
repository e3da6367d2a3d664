// Tickets for the kitchen's printer are handed out of one arena. Each begins at a multiple of 64
// bytes, as advice for processors with a cache says.

import { Arena } from "../../../src/arena"

const TICKETS = 80
const TICKET_BYTES = 13
const ALIGN = 64
let arena: Arena
let starts: Buffer

function print(): void {
    // lesson: begin
    arena = new Arena(TICKETS * ALIGN)
    for (let i = 0; i < TICKETS; i++) {
        const ticket = arena.allocate(TICKET_BYTES, ALIGN)
        // lesson: end
        starts.setAt(2 * i, "u16", ticket)
        arena.buffer.setAt(ticket, "u32", 1001 + i)
        arena.buffer.setAt(ticket + 4, "u32", i * 450)
        arena.buffer[ticket + 12] = i % 20
    }
}

console.log("work begins")
starts = Buffer.alloc(2 * TICKETS)
print()
console.log("work ends")

let cents = 0
let tables = 0
for (let i = 0; i < TICKETS; i++) {
    const ticket = starts.getAt(2 * i, "u16")
    cents += arena.buffer.getAt(ticket + 4, "u32")
    tables += arena.buffer[ticket + 12]
}
console.log(`${TICKETS} tickets, ${cents} cents, tables add up to ${tables}`)
