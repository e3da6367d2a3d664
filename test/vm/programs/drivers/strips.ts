import { pins } from "@dsboard/esp32c3_bare"
import { LedStripLightType } from "@devicescript/core"
import { startLed } from "@devicescript/drivers"
import { spi } from "@devicescript/spi"

const wire = await startLed({
    length: 4,
    hwConfig: { type: LedStripLightType.WS2812B_GRB, pin: pins.P2 },
})
const bus = await startLed({
    length: 3,
    hwConfig: {
        type: LedStripLightType.APA102,
        spi: spi,
        pinData: pins.P6,
        pinClk: pins.P7,
    },
})
const pixels = await wire.buffer()
pixels.setAt(0, 0xff0000)
pixels.setAt(1, 0x00ff00)
pixels.setAt(2, 0x0000ff)
pixels.setAt(3, 0x102030)
await wire.show()

const others = await bus.buffer()
others.setAt(0, 0xffffff)
others.setAt(1, 0x010203)
await bus.show()
console.log("lit")
