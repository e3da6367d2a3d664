// Reads a sensor on the I2C bus, of which it keeps the last readings.
import { sleep } from "@devicescript/core"
import { startSHT30 } from "@devicescript/drivers"
import { configureHardware } from "@devicescript/servers"
import { pins } from "@dsboard/pico"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

const { temperature, humidity } = await startSHT30()
const kept: number[] = []
for (let round = 1; ; round++) {
    kept.push(await temperature.reading.read())
    kept.push(await humidity.reading.read())
    while (kept.length > 10) kept.shift()
    console.log(`round ${round}`)
    await sleep(200)
}
