// Does something that can be seen in every way that a planted edit spoils: a log, a pin, a packet, a moment.
import { pins } from "@dsboard/pico"
import "@devicescript/gpio"
import { GPIOMode, Relay, sleep } from "@devicescript/core"

class Level {
    constructor(readonly value: number) {}
}

const relay = new Relay("fan")
const levels: Level[] = []
for (let i = 0; i < 40; i++) levels.push(new Level(i % 2))
pins.GP2.setMode(GPIOMode.Output)
let turn = 0
setInterval(async () => {
    pins.GP2.write(levels[turn % 40].value)
    await relay.enabled.write(turn % 3 === 0)
    await sleep(20)
    turn++
    console.log(`turn ${turn}`)
}, 500)
