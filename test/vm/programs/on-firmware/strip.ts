// Lights a strip of LEDs at the SPI bus: the Pico's firmware has none for WS2812B.
import { LedStripLightType, sleep } from "@devicescript/core"
import { startLed } from "@devicescript/drivers"
import { spi } from "@devicescript/spi"
import { pins } from "@dsboard/pico"

const strip = await startLed({
    length: 8,
    hwConfig: {
        type: LedStripLightType.APA102,
        ...{ spi: spi, pinClk: pins.GP18, pinData: pins.GP19 },
    },
})
const colours = await strip.buffer()
for (let round = 1; ; round++) {
    colours.setAt(round % 8, round * 0x010203)
    await strip.show()
    console.log(`round ${round}`)
    await sleep(200)
}
