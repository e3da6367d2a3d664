// The same pages as buffers.
const pages: Buffer[] = []
let n = 0
setInterval(() => {
    if (pages.length < 30) pages.push(Buffer.alloc(pages.length % 2 ? 64 : 96))
    n++
    pages[n % pages.length][n % 64] = n
}, 100)
