import { gpio, LedStripLightType } from "@devicescript/core"
import { startLed } from "@devicescript/drivers"

const led = await startLed({
    length: 4,
    hwConfig: { type: LedStripLightType.WS2812B_GRB, pin: gpio(2) },
})
await led.showAll(0x001f00)
