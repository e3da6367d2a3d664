// Counts how often a button at a pin is pressed, and shows it with an LED.
import "@devicescript/gpio"
import { gpio, GPIOMode } from "@devicescript/core"
import { startButton } from "@devicescript/servers"
import { pins } from "@dsboard/pico"

const button = startButton({ pin: pins.GP2 })
const lamp = gpio(3)
lamp.setMode(GPIOMode.Output)
let presses = 0
button.down.subscribe(() => {
    presses++
    lamp.write(presses % 2)
    console.log(`press ${presses}`)
})
