import { pins } from "@dsboard/pico"
import * as ds from "@devicescript/core"
import { startButton, startPotentiometer } from "@devicescript/servers"

// What somebody does with it, and what it feels, is on its log in order.
const bell = new ds.Button("bell")
const outside = new ds.Temperature("outside")
const door = startButton({ pin: pins.GP5 })
const knob = startPotentiometer({ pin: pins.GP26 })

bell.down.subscribe(() => console.log("bell down"))
bell.up.subscribe(() => console.log("bell up"))
door.down.subscribe(() => console.log("door down"))
door.up.subscribe(() => console.log("door up"))
outside.reading.subscribe(degrees => console.log(`outside ${Math.round(degrees * 100)}`))
knob.reading.subscribe(share => console.log(`knob ${Math.round(share * 10)}`))
