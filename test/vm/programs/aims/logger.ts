// A logger of a greenhouse: sixty readings in turn, calibrated by a table, and which of the vents were open.
//: readings
interface Reading {
    celsius: number
    humidity: number
    light: number
}
const readings: Reading[] = []
//|
//- const KEPT = 60
//- const readings = Buffer.alloc(4 * KEPT)
//.
//: calibration
const CORRECTION = [
    3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9, 5,
]
//|
//- const CORRECTION = hex`03 01 04 01 05 09 02 06 05 03 05 08 09 07 09 03 02 03 08 04 06 02 06 04 03 03 08 03 02 07 09 05`
//.
//: vents
const vents: boolean[] = []
for (let i = 0; i < 96; i++) vents.push(i % 5 === 0)
//|
//- const vents = Buffer.alloc(12)
//- for (let i = 0; i < 96; i += 5) vents[i >> 3] = vents[i >> 3] | (1 << (i & 7))
//.
let turn = 0
let sum = 0
setInterval(() => {
    const celsius = 18 + CORRECTION[turn % 32]
    const light = (turn * 53) % 900
    //: readings
    if (readings.length < 60) readings.push({ celsius, humidity: 40 + (turn % 50), light })
    else {
        const oldest = readings[turn % 60]
        oldest.celsius = celsius
        oldest.humidity = 40 + (turn % 50)
        oldest.light = light
    }
    sum += readings[0].light
    //|
    //- const at = (turn % KEPT) * 4
    //- readings[at] = celsius
    //- readings[at + 1] = 40 + (turn % 50)
    //- readings.setAt(at + 2, "u16", light)
    //- sum += readings.getAt(2, "u16")
    //.
    //: vents
    if (vents[turn % 96]) sum++
    //|
    //- if ((vents[(turn % 96) >> 3] >> (turn & 7)) & 1) sum++
    //.
    turn++
}, 40)
