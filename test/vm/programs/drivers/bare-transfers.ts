import * as ds from "@devicescript/core"
import { pins } from "@dsboard/seeed_xiao_esp32c3"
import { configureHardware } from "@devicescript/servers"
import { Image } from "@devicescript/graphics"
import { spi } from "@devicescript/spi"

// Each function of the firmware many times, in its own second, and nothing else in it.
type Raw = {
    _i2cTransaction(address: number, written: Buffer, read: Buffer): number
    spiXfer(sent: Buffer, received: Buffer): Promise<void>
    ledStripSend(pin: number, data: Buffer): Promise<void>
    spiSendImage(image: Image, palette: Buffer, flags: number): Promise<void>
}
const raw = ds as any as Raw
configureHardware({ i2c: { pinSDA: pins.SDA_D4, pinSCL: pins.SCL_D5, kHz: 400 } })
spi.configure({ miso: pins.MISO_D9, mosi: pins.MOSI_D10, sck: pins.SCK_D8, hz: 8_000_000 })
const written = Buffer.alloc(2)
const read = Buffer.alloc(6)
const strip = Buffer.alloc(24)
const image = Image.alloc(16, 8, 4)
const palette = Buffer.alloc(48)
written[0] = 0x2c
written[1] = 0x06

await ds.sleep(1000 - ds.millis())
for (let i = 0; i < 100; i++) raw._i2cTransaction(0x44, written, null)
await ds.sleep(2000 - ds.millis())
for (let i = 0; i < 100; i++) raw._i2cTransaction(0x44, null, read)
await ds.sleep(3000 - ds.millis())
for (let i = 0; i < 100; i++) await raw.spiXfer(read, read)
await ds.sleep(4000 - ds.millis())
for (let i = 0; i < 100; i++) await raw.ledStripSend(2, strip)
await ds.sleep(5000 - ds.millis())
for (let i = 0; i < 10; i++) await raw.spiSendImage(image, palette, 1)
await ds.sleep(6000 - ds.millis())
console.log("done")
await ds.sleep(60_000)
