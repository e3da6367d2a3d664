import { WaveSharePicoLCD114 } from "@devicescript/drivers"

const lcd = new WaveSharePicoLCD114()
const pad = lcd.startGamepad()
const display = await lcd.startDisplay()

let x = 0
pad.change.subscribe(buttons => console.log("pressed", buttons))
pad.reading.subscribe(reading => {
    x = reading[1]
})
setInterval(async () => {
    display.image.fill(0)
    display.image.print(`${x}`, 4, 4, 3)
    await display.show()
    console.log("turn", x, pad.isBound)
}, 1000)
