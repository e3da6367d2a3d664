// The same tickets one after the other. A microcontroller's RAM has no cache lines to share, and the VM
// takes a number from any address, so a gap buys nothing.

const TICKETS = 80
let tickets: Buffer

function print(): void {
    // lesson: begin
    const STRIDE = 13
    tickets = Buffer.alloc(TICKETS * STRIDE)
    for (let i = 0; i < TICKETS; i++) {
        const ticket = i * STRIDE
        // lesson: end
        tickets.setAt(ticket, "u32", 1001 + i)
        tickets.setAt(ticket + 4, "u32", i * 450)
        tickets.setAt(ticket + 8, "u32", 64800 + i * 40)
        tickets[ticket + 12] = i % 20
    }
}

console.log("work begins")
print()
console.log("work ends")

let cents = 0
let seconds = 0
let tables = 0
for (let ticket = 0; ticket < tickets.length; ticket += tickets.length / TICKETS) {
    cents += tickets.getAt(ticket + 4, "u32")
    seconds += tickets.getAt(ticket + 8, "u32")
    tables += tickets[ticket + 12]
}
console.log(`${TICKETS} tickets, ${cents} cents, tables add up to ${tables}`)
console.log(`printed at ${Math.floor(seconds / TICKETS)} on the mean`)
