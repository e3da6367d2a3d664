// Colours of a strip of lights: a function returns three numbers in an object.
interface Color {
    r: number
    g: number
    b: number
}
function wheel(i: number): Color {
    return { r: i & 255, g: (i * 2) & 255, b: (i * 3) & 255 }
}
const strip = Buffer.alloc(60 * 3)
let n = 0
setInterval(() => {
    n++
    for (let i = 0; i < 60; i++) {
        const color = wheel(n + i)
        strip[i * 3] = color.r
        strip[i * 3 + 1] = color.g
        strip[i * 3 + 2] = color.b
    }
}, 200)
