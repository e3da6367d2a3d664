import { Interner } from "../../../../src/interner"
// Twelve texts so far: the next ones may be the same.
const names = new Interner(14)
const log = Buffer.alloc(12)
let n = 0
setInterval(() => {
    if (n < 12) log[n] = names.intern("part " + n)
    n++
}, 300)
