// Has the firmware look for sensors on the I2C bus itself.
import { sleep, Temperature } from "@devicescript/core"
import { configureHardware } from "@devicescript/servers"
import { pins } from "@dsboard/pico"

configureHardware({ scanI2C: true, i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5 } })

const temperature = new Temperature()
for (let round = 1; ; round++) {
    console.log(`round ${round}, ${temperature.isBound ? "a sensor" : "no sensor"}`)
    await sleep(500)
}
