import { Interner } from "../../../../src/interner"
// Names of files, of which hardly two are the same.
const files = new Interner(220) // here
const seen = Buffer.alloc(180)
let n = 0
setInterval(() => {
    if (n < 180) seen[n] = files.intern("log/" + (n % 30 === 0 ? 0 : n) + ".txt")
    n++
}, 50)
