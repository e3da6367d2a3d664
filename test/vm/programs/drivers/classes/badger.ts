import { PimoroniBadger2040W } from "@devicescript/drivers"

const badger = new PimoroniBadger2040W()
const pad = badger.startGamepad()
const led = badger.startLED()
const display = await badger.startDisplay()

pad.change.subscribe(async buttons => {
    await led.intensity.write(0.5)
    console.log("pressed", buttons)
})
pad.reading.subscribe(() => undefined)
let turn = 0
setInterval(async () => {
    turn = turn + 1
    display.image.fill(0)
    display.image.print(`badge ${turn}`, 4, 4, 1)
    await display.show()
    console.log("turn", turn, 0)
}, 10000)
