import * as ds from "@devicescript/core"
import "@devicescript/gpio"
import { pins } from "@dsboard/pico"
import { GPIOMode } from "@devicescript/core"
import { spi } from "@devicescript/spi"

setTimeout(async () => {
    pins.GP2.setMode(GPIOMode.Output)
    pins.GP2.write(1)
    pins.GP3.setMode(GPIOMode.InputPullUp)
    console.log("GP3", pins.GP3.value)
    pins.GP3.setMode(GPIOMode.InputPullDown)
    console.log("GP3", pins.GP3.value)
    pins.GP26.setMode(GPIOMode.AnalogIn)
    console.log(
        "GP26",
        pins.GP26.value,
        (pins.GP26 as any).capabilities,
        (pins.GP2 as any).capabilities,
    )
    try {
        pins.GP2.setMode(GPIOMode.AnalogIn)
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
    try {
        await spi.write(hex`01`)
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
    spi.configure({ mosi: pins.GP19, sck: pins.GP18, miso: pins.GP16, hz: 1_000_000 })
    const start = ds.millis()
    await spi.write(Buffer.alloc(1000))
    console.log(`1,000 B in ${ds.millis() - start} ms`)
    console.log("back", await spi.transfer(hex`010203`))
    try {
        await (ds as any).ledStripSend(2, hex`010203`)
        console.log("strip")
    } catch (e) {
        console.log("error: " + (e as Error).message)
    }
}, 10)
