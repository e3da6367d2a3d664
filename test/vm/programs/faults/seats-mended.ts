// Which seats of a hall are taken, a bit each.
const isTaken = Buffer.alloc(6000 / 8)
for (let i = 0; i < 6000; i += 7) isTaken[i >> 3] = isTaken[i >> 3] | (1 << (i & 7))
let n = 0
let taken = 0
setInterval(() => {
    const seat = n++ % 6000
    if ((isTaken[seat >> 3] >> (seat & 7)) & 1) taken++
}, 100)
