// A car park: which places are taken, by what, and since when; and how many came in each hour.
//: places
interface Place {
    taken: boolean
    electric: boolean
    charging: boolean
    wide: boolean
    minutes: number
}
const places = new Array<Place>(50)
for (let i = 0; i < 50; i++)
    places[i] = {
        taken: i % 2 === 0,
        electric: i % 7 === 0,
        charging: false,
        wide: i % 5 === 0,
        minutes: i * 4,
    }
//|
//- const places = Buffer.alloc(100)
//- for (let i = 0; i < 50; i++) {
//-     places[2 * i] = (i % 2 === 0 ? 1 : 0) | (i % 7 === 0 ? 2 : 0) | (i % 5 === 0 ? 8 : 0)
//-     places[2 * i + 1] = i * 4
//- }
//.
//: hours
const hours: number[] = []
for (let i = 0; i < 120; i++) hours.push((i * 31) % 200)
//|
//- const hours = new Array<number>(120)
//- for (let i = 0; i < 120; i++) hours[i] = (i * 31) % 200
//.
let turn = 0
let busy = 0
function step(): void {
    const at = turn % 50
    //: places
    const place = places[at]
    if (place.taken && !place.charging) busy += place.minutes
    //|
    //- if ((places[2 * at] & 5) === 1) busy += places[2 * at + 1]
    //.
    busy += hours[turn % 120]
    turn++
}
setInterval(step, 100)
