import { pins } from "@dsboard/pico"
import * as ds from "@devicescript/core"
import "@devicescript/gpio"
import { configureHardware } from "@devicescript/servers"
import { startSHT30, SSD1306Driver } from "@devicescript/drivers"
import { fetch, startMQTTClient } from "@devicescript/net"
import { i2c } from "@devicescript/i2c"

// A house with something of everything that a scenario acts on.
configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })
const doorbell = new ds.Button("doorbell")
const outside = new ds.Temperature("outside")
const volume = new ds.Potentiometer("volume")
const dial = new ds.RotaryEncoder("dial")
const hall = new ds.Motion("hall")
pins.GP3.setMode(ds.GPIOMode.InputPullUp)
pins.GP26.setMode(ds.GPIOMode.AnalogIn)

let rings = 0
doorbell.down.subscribe(async () => {
    rings = rings + 1
    console.log(`rings ${rings}`)
    if (rings > 3) return
    try {
        const answer = await fetch("http://menu.example.com/today")
        const text = await answer.text()
        console.log(`menu ${answer.status} ${text.length} ${text.slice(0, 20)}`)
    } catch (error) {
        console.log("no menu")
    }
})
let turned = 0
dial.reading.subscribe(value => {
    if (value !== turned) console.log(`dial ${value}`)
    turned = value
})
hall.movement.subscribe(() => console.log("somebody in the hall"))

const inside = await startSHT30()
const oled = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await oled.init()
console.log("ready")

setInterval(async () => {
    const degrees = Math.round(await inside.temperature.reading.read())
    console.log(
        `inside ${degrees} outside ${Math.round(await outside.reading.read())} volume ${Math.round(
            100 * (await volume.reading.read()),
        )} GP3 ${pins.GP3.value} GP26 ${Math.round(100 * pins.GP26.value)}`,
    )
    oled.image.fill(0)
    oled.image.print(`${degrees}`, 2, 2, 1)
    await oled.show()
    try {
        console.log(`meter ${(await i2c.readRegBuf(0x50, 2, 2)).toString("hex")}`)
    } catch (error) {
        console.log("no meter")
    }
}, 1000)

setTimeout(async () => {
    try {
        const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
        const messages = await mqtt.subscribe("house/light")
        messages.subscribe(message => console.log(`light ${message.content.toString("utf-8")}`))
        console.log("listening")
    } catch (error) {
        console.log("no broker")
    }
}, 20_000)
