import { Interner } from "../../../../src/interner"
// Each ticket has a number of its own.
const tickets = new Interner(100) // here
const sold = Buffer.alloc(90)
for (let i = 0; i < 90; i++) sold[i] = tickets.intern("T" + (1000 + i * 37))
let n = 0
let sum = 0
setInterval(() => {
    sum += tickets.resolve(sold[n++ % 90]).length
}, 100)
