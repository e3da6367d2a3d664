import { Interner } from "../../../../src/interner"
// Every text is another one: there is nothing to share.
const names = new Interner(300) // here
const log = Buffer.alloc(300)
let n = 0
setInterval(() => {
    if (n < 150) log[n] = names.intern("entry " + n)
    n++
}, 20)
