// Pumps in a row, each with what it reported; a drawing of the pipes, a copy of it for each pump.
const DRAWING = hex`10 20 30 40 50 60 70 80 90 a0 b0 c0 d0 e0 f0 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 11 22 33 44 55 66 77 88 99 aa`
class Pump {
    drawing: Buffer
    next: Pump | undefined
    //: state
    running = false
    primed = true
    leaking = false
    manual = false
    //|
    //- state = 2
    //.
    constructor() {
        //: drawings
        this.drawing = Buffer.from(DRAWING)
        //|
        //- this.drawing = DRAWING
        //.
    }
}
let first: Pump | undefined
for (let i = 0; i < 18; i++) {
    //: state
    const pump = new Pump()
    pump.running = i % 2 === 0
    //|
    //- const pump = new Pump()
    //- if (i % 2 === 0) pump.state = 3
    //.
    pump.next = first
    first = pump
}
//: litres
const litres: number[] = []
for (let i = 0; i < 70; i++) litres.push((i * 43) & 1023)
//|
//- const litres = new Array<number>(70)
//- for (let i = 0; i < 70; i++) litres[i] = (i * 43) & 1023
//.
let turn = 0
let flow = 0
setInterval(() => {
    for (let pump = first; pump; pump = pump.next) {
        //: state
        if (pump.running && pump.primed && !pump.leaking) flow += pump.drawing[turn % 40]
        //|
        //- if ((pump.state & 7) === 3) flow += pump.drawing[turn % 40]
        //.
    }
    flow += litres[turn % 70]
    turn++
}, 150)
