import { pins } from "@dsboard/pico"
import { configureHardware } from "@devicescript/servers"
import { delay } from "@devicescript/core"
import {
    GroveRGBLCD,
    ILI9341Driver,
    SH110XDriver,
    SSD1306Driver,
    ST7735Driver,
    ST7789Driver,
    startDotMatrix,
} from "@devicescript/drivers"
import { Image } from "@devicescript/graphics"
import { spi } from "@devicescript/spi"

configureHardware({ i2c: { pinSDA: pins.GP4, pinSCL: pins.GP5, kHz: 400 } })

function draw(image: Image) {
    const { width, height } = image
    image.fill(0)
    image.drawRect(0, 0, width, height, 1)
    image.drawLine(0, 0, width - 1, height - 1, 1)
    image.fillRect(3, height - 9, 11, 5, image.bpp === 4 ? 7 : 1)
    image.print("Hi", 20, 4, image.bpp === 4 ? 4 : 1)
}

/** The image's own bytes, for the test to hold against what the display shows. */
function print(name: string, image: Image) {
    const { buffer } = image
    for (let i = 0; i < buffer.length; i += 64)
        console.log(name + ":" + buffer.slice(i, Math.min(i + 64, buffer.length)).toString("hex"))
}

const oled = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await oled.init()
draw(oled.image)
await oled.show()
print("ssd1306", oled.image)

const sh = new SH110XDriver({ devAddr: 0x3c, width: 128, height: 64 })
await sh.init()
draw(sh.image)
await sh.show()
print("sh110x", sh.image)

const lcd = new GroveRGBLCD({ columns: 16, rows: 2, dotsize: 0 })
await lcd.init()
await lcd.render("Hello\nworld 42")

spi.configure({ miso: pins.GP16, mosi: pins.GP19, sck: pins.GP18, hz: 24_000_000 })
const tft = new ILI9341Driver(Image.alloc(160, 120, 4), {
    cs: pins.GP17,
    dc: pins.GP20,
    reset: pins.GP21,
    spi: spi,
})
await tft.init()
draw(tft.image)
await tft.show()
print("ili9341", tft.image)

// Others on the same bus: one that shares all but its chip select, and one with pins of its own.
const upright = new ST7735Driver(Image.alloc(24, 32, 4), {
    cs: pins.GP22,
    dc: pins.GP20,
    spi: spi,
})
await upright.init()
draw(upright.image)
await upright.show()
print("st7735", upright.image)

const wide = new ST7789Driver(Image.alloc(48, 20, 4), {
    cs: pins.GP14,
    dc: pins.GP15,
    spi: spi,
})
await wide.init()
draw(wide.image)
await wide.show()
print("st7789", wide.image)

// And the first once more, with the others beside it.
tft.image.fillRect(40, 40, 30, 20, 9)
await tft.show()
print("again", tft.image)

const matrix = await startDotMatrix(oled, { columns: 5, rows: 5 })
await matrix.dots.write(hex`1f 11 15 11 0f`)
await delay(500)
print("matrix", oled.image)
