// A picture of 128 by 64 dots that changes: rows of a buffer with a margin, but no padding.
const picture = Buffer.alloc(1024)
let x = 0
setInterval(() => {
    x = (x + 1) % 96
    picture.fillAt(0, 1024, 0)
    for (let y = 0; y < 64; y++) {
        picture[y * 16 + 2] = 0x3c
        picture[y * 16 + 2 + (x >> 3)] = 0xff
    }
}, 100)
