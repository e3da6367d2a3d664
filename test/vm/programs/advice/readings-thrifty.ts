// The last fifty readings, 20 bits each.
const LAST = 50
const last = Buffer.alloc(LAST * 3)
let n = 0
setInterval(() => {
    const at = (n % LAST) * 3
    const value = (n * 37) % 200
    last[at] = value
    last[at + 1] = (n % 1000) & 0xff
    last[at + 2] = ((n % 1000) >> 8) | (n % 7 === 0 ? 4 : 0)
    n++
}, 100)
