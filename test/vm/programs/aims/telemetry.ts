// Telemetry: each sending is built anew, and some of what was measured is kept, one by one, in between.
// aim: fragmentation
const KEPT = 60
let kept = 0
let named = 0
//: marks
const marks = new Array<number[]>(KEPT)
//|
//- const marks = Buffer.alloc(2 * KEPT)
//.
//: names
const names = new Array<string>(KEPT)
//|
//- const names = Buffer.alloc(KEPT)
//.
let turn = 0
let sent = 0
setInterval(() => {
    let frame = "t"
    for (let i = 0; i < 6; i++) frame += `${turn * 7 + i},`
    sent += frame.length
    if (turn % 4 === 0 && kept < KEPT) {
        //: marks
        marks[kept++] = [turn & 127, sent & 127]
        //|
        //- marks[2 * kept] = turn & 127
        //- marks[2 * kept++ + 1] = sent & 127
        //.
    }
    if (turn % 4 === 2 && named < KEPT) {
        //: names
        names[named++] = `mode ${turn % 3}`
        //|
        //- names[named++] = turn % 3
        //.
    }
    turn++
}, 20)
