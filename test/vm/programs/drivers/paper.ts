import { pins } from "@dsboard/pico"
import { UC8151Driver } from "@devicescript/drivers"
import { Image } from "@devicescript/graphics"
import { spi } from "@devicescript/spi"

spi.configure({ miso: pins.GP16, mosi: pins.GP19, sck: pins.GP18, hz: 8_000_000 })
const paper = new UC8151Driver(Image.alloc(296, 128, 1), {
    cs: pins.GP17,
    dc: pins.GP20,
    reset: pins.GP21,
    busy: pins.GP26,
    spi: spi,
})
await paper.init()
const { image } = paper
image.fill(1)
image.drawRect(2, 3, 60, 40, 0)
image.drawLine(0, 0, 295, 127, 0)
image.print("Paper", 100, 20, 0)
await paper.show()
const { buffer } = image
for (let i = 0; i < buffer.length; i += 64)
    console.log("uc8151:" + buffer.slice(i, i + 64).toString("hex"))
