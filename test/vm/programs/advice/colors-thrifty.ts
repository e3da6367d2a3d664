// The same in the bits of a number.
function wheel(i: number): number {
    return (i & 255) | (((i * 2) & 255) << 8) | (((i * 3) & 255) << 16)
}
const strip = Buffer.alloc(60 * 3)
let n = 0
setInterval(() => {
    n++
    for (let i = 0; i < 60; i++) {
        const color = wheel(n + i)
        strip[i * 3] = color & 255
        strip[i * 3 + 1] = (color >> 8) & 255
        strip[i * 3 + 2] = color >> 16
    }
}, 200)
