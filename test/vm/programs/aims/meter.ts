// An energy meter: hourly objects, which tariff was on, and the steps of a price.
//: hours
class Consumption {
    watts: number
    volts: number
    tariff: number
    constructor(i: number) {
        this.watts = (i * 97) % 3000
        this.volts = 225 + (i % 12)
        this.tariff = i % 3
    }
}
const hours: Consumption[] = []
for (let i = 0; i < 48; i++) hours.push(new Consumption(i))
//|
//- const hours = Buffer.alloc(4 * 48)
//- for (let i = 0; i < 48; i++) {
//-     hours.setAt(4 * i, "u16", (i * 97) % 3000)
//-     hours[4 * i + 2] = 225 + (i % 12)
//-     hours[4 * i + 3] = i % 3
//- }
//.
//: steps
const STEPS = [
    12, 14, 17, 21, 26, 32, 39, 47, 56, 66, 77, 89, 102, 116, 131, 147, 164, 182, 201, 221, 12, 14,
    17, 21, 26, 32, 39, 47, 56, 66,
]
//|
//- const STEPS = hex`0c 0e 11 15 1a 20 27 2f 38 42 4d 59 66 74 83 93 a4 b6 c9 dd 0c 0e 11 15 1a 20 27 2f 38 42`
//.
//: peaks
const peaks: any = {}
//|
//- const peaks = Buffer.alloc(2 * 32)
//.
let turn = 0
let cents = 0
setInterval(() => {
    const day = turn % 32
    //: peaks
    peaks["" + day] = (turn * 7) & 511
    cents += peaks["" + day]
    //|
    //- peaks.setAt(2 * day, "u16", (turn * 7) & 511)
    //- cents += peaks.getAt(2 * day, "u16")
    //.
    //: hours
    cents += hours[turn % 48].watts
    //|
    //- cents += hours.getAt(4 * (turn % 48), "u16")
    //.
    cents += STEPS[turn % 30]
    turn++
}, 60)
