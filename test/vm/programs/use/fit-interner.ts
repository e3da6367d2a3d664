import { Interner } from "../../../../src/interner"
const names = new Interner(16)
const log = Buffer.alloc(300)
let n = 0
setInterval(() => {
    log[n % 300] = names.intern("sensor " + (n % 12))
    n++
}, 50)
