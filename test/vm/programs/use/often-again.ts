import { Interner } from "../../../../src/interner"
// Each of many texts comes a few times.
const words = new Interner(90)
const log = Buffer.alloc(240)
let n = 0
setInterval(() => {
    if (n < 240) log[n] = words.intern("word " + (n % 80))
    n++
}, 50)
