import { pins } from "@dsboard/pico"
import { configureHardware } from "@devicescript/servers"
import {
    startAHT20,
    startBME680,
    startLTR390,
    startSHT30,
    startSHTC3,
    startAccelerometer,
    DA213BDriver,
} from "@devicescript/drivers"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

const aht = await startAHT20({ baseName: "aht" })
const sht = await startSHT30({ baseName: "sht" })
const shtc = await startSHTC3({ baseName: "shtc" })
const ltr = await startLTR390({ baseName: "ltr" })
const bme = await startBME680({ baseName: "bme" })
const driver = new DA213BDriver()
await driver.init()
const acc = await startAccelerometer(driver, {})

setInterval(async () => {
    console.log("AHT20", await aht.temperature.reading.read(), await aht.humidity.reading.read())
    console.log("SHT30", await sht.temperature.reading.read(), await sht.humidity.reading.read())
    console.log("SHTC3", await shtc.temperature.reading.read(), await shtc.humidity.reading.read())
    console.log("LTR390", await ltr.illuminance.reading.read(), await ltr.uvIndex.reading.read())
    console.log(
        "BME680",
        await bme.temperature.reading.read(),
        await bme.humidity.reading.read(),
        await bme.pressure.reading.read(),
        await bme.airQualityIndex.reading.read(),
    )
    console.log("DA213B", await acc.reading.read())
}, 10000)
