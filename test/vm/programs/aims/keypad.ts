// Codes of a door, the digits of each, and what is said when one is wrong.
//: codes
const codes = new Array<number[]>(40)
for (let i = 0; i < 40; i++) {
    const digits: number[] = []
    for (let j = 0; j < 4; j++) digits.push((i * 7 + j * 3) % 10)
    codes[i] = digits
}
//|
//- const codes = new Array<number>(40)
//- for (let i = 0; i < 40; i++) {
//-     let digits = 0
//-     for (let j = 0; j < 4; j++) digits = (digits << 4) | ((i * 7 + j * 3) % 10)
//-     codes[i] = digits
//- }
//.
//: holders
class Holder {
    number: number
    constructor(number: number) {
        this.number = number
    }
}
const holders = new Array<Holder>(40)
for (let i = 0; i < 40; i++) holders[i] = new Holder(500 + i)
//|
//- const holders = new Array<number>(40)
//- for (let i = 0; i < 40; i++) holders[i] = 500 + i
//.
let turn = 0
let opened = 0
setInterval(() => {
    const at = turn % 40
    //: codes
    if (codes[at][3] === turn % 10) opened++
    //|
    //- if ((codes[at] & 15) === turn % 10) opened++
    //.
    //: holders
    opened += holders[at].number
    //|
    //- opened += holders[at]
    //.
    turn++
}, 80)
