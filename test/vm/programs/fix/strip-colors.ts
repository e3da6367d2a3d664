// A chase of colours over a strip of thirty lights, a frame each 100 ms.
interface Color {
    r: number
    g: number
    b: number
}

const LENGTH = 30
let frame = 0

function wheel(position: number): Color {
    position = position % 256
    if (position < 85) return { r: 255 - position * 3, g: 0, b: position * 3 }
    if (position < 170) return { r: 0, g: (position - 85) * 3, b: 255 - (position - 85) * 3 }
    return { r: (position - 170) * 3, g: 255 - (position - 170) * 3, b: 0 }
}

function render(out: Buffer): void {
    for (let i = 0; i < LENGTH; i++) {
        const color = wheel(i * 8 + frame)
        out[i * 3] = color.r
        out[i * 3 + 1] = color.g
        out[i * 3 + 2] = color.b
    }
}

const strip = Buffer.alloc(LENGTH * 3)
setInterval(() => {
    render(strip)
    frame++
    let sum = 0
    for (let i = 0; i < strip.length; i++) sum += strip[i]
    if (frame % 10 === 0) console.log(`frame ${frame}, ${sum} in all`)
}, 100)
