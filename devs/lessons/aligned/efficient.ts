// The same tickets one after the other. A microcontroller's RAM has no cache lines to share, and the VM
// takes a number from any address, so a gap buys nothing.

import { Arena } from "../../../src/arena"

const TICKETS = 80
const TICKET_BYTES = 13
let arena: Arena
let starts: Buffer

function print(): void {
    // lesson: begin
    arena = new Arena(TICKETS * TICKET_BYTES)
    for (let i = 0; i < TICKETS; i++) {
        const ticket = arena.allocate(TICKET_BYTES)
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
