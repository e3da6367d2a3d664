// Holds pins as programs do: in variables, fields, lists and a function's own variables.
import "@devicescript/gpio"
import { GPIOMode } from "@devicescript/core"
import { pins } from "@dsboard/pico"

class Lamp {
    turns = 0
    constructor(public pin: typeof pins.GP2) {
        pin.setMode(GPIOMode.Output)
    }
    turn() {
        this.turns++
        this.pin.write(this.turns % 2)
    }
}

const single = pins.GP4
const lamps = [new Lamp(pins.GP2), new Lamp(pins.GP3)]
const table = { left: pins.GP5, spare: [pins.GP6, pins.GP7] }

function blinker() {
    const own = pins.GP8
    own.setMode(GPIOMode.Output)
    let turns = 0
    return () => own.write(turns++ % 2)
}
const blink = blinker()

single.setMode(GPIOMode.Output)
setInterval(() => {
    for (const lamp of lamps) lamp.turn()
    blink()
    single.write(1)
    console.log("turn".toUpperCase(), lamps[0].turns, table.spare.length)
}, 100)
