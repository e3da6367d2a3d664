import { pins } from "@dsboard/pico"
import { Button, GPIOMode, Relay, Temperature } from "@devicescript/core"
import "@devicescript/gpio"
import { configureHardware } from "@devicescript/servers"
import { startSHT30, SSD1306Driver, ST7789Driver } from "@devicescript/drivers"
import { Image } from "@devicescript/graphics"
import { fetch, startMQTTClient } from "@devicescript/net"
import { spi } from "@devicescript/spi"

// Something of everything that a board is connected to, for records of the world.
configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })
spi.configure({ miso: pins.GP16, mosi: pins.GP19, sck: pins.GP18, hz: 24_000_000 })

const thermometer = new Temperature()
const relay = new Relay()
const button = new Button()
thermometer.reading.subscribe(async degrees => {
    await relay.enabled.write(degrees < 20)
})
button.down.subscribe(() => console.log("down"))

pins.GP3.setMode(GPIOMode.InputPullUp)
pins.GP26.setMode(GPIOMode.AnalogIn)
pins.GP2.setMode(GPIOMode.Output)

const sensor = await startSHT30()
const oled = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await oled.init()
const panel = new ST7789Driver(Image.alloc(32, 24, 4), {
    cs: pins.GP17,
    dc: pins.GP20,
    reset: pins.GP21,
    spi: spi,
})
await panel.init()

let turn = 0
setInterval(async () => {
    turn = turn + 1
    pins.GP2.write(turn & 1)
    const degrees = await sensor.temperature.reading.read()
    oled.image.fill(0)
    oled.image.print(`${Math.round(degrees * 10)}`, 2, 2, 1)
    await oled.show()
    panel.image.fillRect(turn % 32, 0, 3, 9, 1 + (turn % 14))
    await panel.show()
    console.log(`${turn}: ${pins.GP3.value} ${pins.GP26.value} ${degrees}`)
}, 500)

const mqtt = await startMQTTClient({ host: "broker.example.com", port: 1883, proto: "tcp" })
const messages = await mqtt.subscribe("garden/#")
messages.subscribe(message => console.log(message.topic))
setInterval(async () => {
    await mqtt.publish("garden/random", `${Math.random()}`)
}, 3000)
setTimeout(async () => {
    await mqtt.stop()
    const answer = await fetch("https://api.example.com/weather.json")
    console.log(`${answer.status}`)
}, 14_000)
