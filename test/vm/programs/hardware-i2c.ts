import "@devicescript/i2c"
import { configureHardware } from "@devicescript/servers"
import { pins } from "@dsboard/pico"
import { i2c } from "@devicescript/i2c"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5 } })

setTimeout(async () => {
    try {
        const buf = await i2c.readRegBuf(0x50, 0x10, 4)
        console.log("read", buf)
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
    try {
        await i2c.writeReg(0x52, 1, 2)
        console.log("written")
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
    try {
        await i2c.xfer(0x90, null, 2)
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
}, 10)
