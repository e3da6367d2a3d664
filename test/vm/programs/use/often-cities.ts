import { Interner } from "../../../../src/interner"
// A third of the texts are known: a byte each instead of a place in a list.
const cities = new Interner(110)
const log = Buffer.alloc(150)
let n = 0
setInterval(() => {
    if (n < 150) log[n] = cities.intern("city " + (n % 100))
    n++
}, 30)
