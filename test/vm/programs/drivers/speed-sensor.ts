import { pins } from "@dsboard/pico"
import { configureHardware } from "@devicescript/servers"
import { SSD1306Driver, startSHT30 } from "@devicescript/drivers"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

const sensor = await startSHT30()
const oled = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await oled.init()
setInterval(async () => {
    const degrees = await sensor.temperature.reading.read()
    oled.image.fill(0)
    oled.image.print(`${Math.round(degrees * 10)}`, 2, 2, 1)
    await oled.show()
}, 100)
