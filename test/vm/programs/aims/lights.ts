// An animation on a strip of lights: colours, how fast each fades, and a curve.
//: colors
interface Color {
    red: number
    green: number
    blue: number
}
function color(i: number): Color {
    return { red: (i * 11) & 255, green: (i * 5) & 255, blue: (i * 3) & 255 }
}
const strip = new Array<Color>(64)
for (let i = 0; i < 64; i++) strip[i] = color(i)
//|
//- const strip = Buffer.alloc(3 * 64)
//- for (let i = 0; i < 64; i++) {
//-     strip[3 * i] = (i * 11) & 255
//-     strip[3 * i + 1] = (i * 5) & 255
//-     strip[3 * i + 2] = (i * 3) & 255
//- }
//.
//: speeds
const speeds: number[] = []
for (let i = 0; i < 64; i++) speeds.push(1 + (i % 9))
//|
//- const speeds = new Array<number>(64)
//- for (let i = 0; i < 64; i++) speeds[i] = 1 + (i % 9)
//.
//: curve
const CURVE = [
    0, 0, 1, 1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 24, 29, 34, 40, 47, 54, 62, 70, 79, 89, 99,
]
//|
//- const CURVE = hex`00 00 01 01 02 03 04 06 08 0a 0d 10 14 18 1d 22 28 2f 36 3e 46 4f 59 63`
//.
let frame = 0
let shown = 0
setInterval(() => {
    for (let i = 0; i < 64; i += 16) {
        const level = CURVE[(frame * speeds[i]) % 24]
        //: colors
        shown += (strip[i].red * level) >> 6
        //|
        //- shown += (strip[3 * i] * level) >> 6
        //.
    }
    frame++
}, 100)
