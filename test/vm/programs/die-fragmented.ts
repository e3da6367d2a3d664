// Leaves a hole beside every small buffer that stays: in the end no hole is large enough.
const kept: Buffer[] = []
setTimeout(() => {
    const gone: Buffer[] = []
    let n = 0
    while (n < 14) {
        gone.push(Buffer.alloc(900))
        kept.push(Buffer.alloc(4))
        n++
    }
    console.log("kept " + kept.length)
}, 10)
let size = 960
setInterval(() => {
    const wanted = Buffer.alloc(size)
    size = size + 64
    if (wanted.length % 1024 === 0) console.log("asked " + wanted.length)
}, 100)
