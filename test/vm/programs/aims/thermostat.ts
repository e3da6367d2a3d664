// A week of a thermostat by the half day, and what each of its valves did last.
//: periods
class Period {
    day: number
    hour: number
    celsius: number
    constructor(n: number) {
        this.day = n >> 3
        this.hour = (n & 7) * 3
        this.celsius = 15 + (n % 8)
    }
}
const week: Period[] = []
for (let n = 0; n < 56; n++) week.push(new Period(n))
//|
//- const week = Buffer.alloc(3 * 56)
//- for (let n = 0; n < 56; n++) {
//-     week[3 * n] = n >> 3
//-     week[3 * n + 1] = (n & 7) * 3
//-     week[3 * n + 2] = 15 + (n % 8)
//- }
//.
//: valves
const valves: any = {}
//|
//- const valves = Buffer.alloc(40)
//.
let turn = 0
let open = 0
setInterval(() => {
    const valve = turn % 40
    //: valves
    valves["" + valve] = turn & 127
    open += valves["" + valve]
    //|
    //- valves[valve] = turn & 127
    //- open += valves[valve]
    //.
    //: periods
    if (week[turn % 56].celsius > 20) open++
    //|
    //- if (week[3 * (turn % 56) + 2] > 20) open++
    //.
    turn++
}, 50)
