// for: 40 s, or the ring could still fill up
// Traffic lights: the last counts of each lane wait in a ring that is far too large, and each lane's plan.
import { RingBuffer } from "../../../../src/ring-buffer"
//: counts
const counts = new RingBuffer(1200, 2)
//|
//- const counts = new RingBuffer(8, 2)
//.
//: answers
const pressed = new Array<boolean>(128)
for (let i = 0; i < 128; i++) pressed[i] = i % 9 === 0
//|
//- const pressed = Buffer.alloc(16)
//- for (let i = 0; i < 128; i += 9) pressed[i >> 3] = pressed[i >> 3] | (1 << (i & 7))
//.
let turn = 0
let cars = 0
setInterval(() => {
    for (let i = 0; i < 5; i++) counts.push((turn * 3 + i) & 1023)
    while (counts.length > 0) cars += counts.shift() as number
    //: answers
    if (pressed[turn % 128]) cars++
    //|
    //- if ((pressed[(turn % 128) >> 3] >> (turn & 7)) & 1) cars++
    //.
    turn++
}, 60)
