import { pins } from "@dsboard/pico"
import { configureHardware } from "@devicescript/servers"
import {
    SSD1306Driver,
    startCharacterScreenDisplay,
    startGroveRGBLCD16x2,
    startTrafficLight,
} from "@devicescript/drivers"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

// What is no sensor: each does what its page has it do, and tells what it did.
const lights = await startTrafficLight({ red: pins.GP10, yellow: pins.GP11, green: pins.GP12 })
const oled = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await oled.init()
const screen = await startCharacterScreenDisplay(oled, { columns: 10, rows: 5 })
const lcd = await startGroveRGBLCD16x2()

let turn = 0
setInterval(async () => {
    turn = turn + 1
    await lights.red.write(turn % 3 === 0)
    await lights.green.write(turn % 3 === 1)
    await screen.message.write(`turn ${turn}`)
    await lcd.message.write(`turn ${turn}`)
    console.log(
        "lights",
        await lights.red.read(),
        await lights.green.read(),
        await screen.message.read(),
    )
}, 10000)
