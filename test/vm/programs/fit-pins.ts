// Blinks at a pin that a Pico has under this name.
import { pins } from "@dsboard/pico"
import { GPIOMode, sleep } from "@devicescript/core"
import "@devicescript/gpio"

pins.GP15.setMode(GPIOMode.Output)
let level = 0
while (true) {
    pins.GP15.write(level)
    level = 1 - level
    await sleep(500)
}
