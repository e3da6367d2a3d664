// Every other buffer stays: when the rest is gone, half of the heap is free, in pieces.
const kept: Buffer[] = []
let gone: Buffer[] = []
for (let n = 0; n < 15; n++) {
    gone.push(Buffer.alloc(500))
    kept.push(Buffer.alloc(300))
}
console.log("kept " + kept.length + " of " + gone.length)
gone = []
let size = 200
setInterval(() => {
    const wanted = Buffer.alloc(size)
    size = size + 20
    if (wanted.length % 400 === 0) console.log("asked " + wanted.length)
}, 100)
