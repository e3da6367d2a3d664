import { Interner } from "../../../../src/interner"
// Of a hundred and twenty visitors six come twice.
const names = new Interner(150) // here
const log = Buffer.alloc(120)
let n = 0
setInterval(() => {
    if (n < 120) log[n] = names.intern("visitor " + (n % 20 === 19 ? n - 1 : n))
    n++
}, 30)
