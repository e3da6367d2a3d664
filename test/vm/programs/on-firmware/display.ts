// Draws on a display on the I2C bus.
import { sleep } from "@devicescript/core"
import { SSD1306Driver } from "@devicescript/drivers"
import { configureHardware } from "@devicescript/servers"
import { pins } from "@dsboard/pico"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

const display = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await display.init()
for (let round = 1; ; round++) {
    display.image.fill(0)
    display.image.print(`${round}`, 2, 2, 1)
    await display.show()
    console.log(`round ${round}`)
    await sleep(300)
}
