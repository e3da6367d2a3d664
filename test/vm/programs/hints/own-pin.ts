import { LedStripLightType } from "@devicescript/core"
import { startLed } from "@devicescript/drivers"
import { pins } from "@dsboard/kittenbot_grapebit_esp32c3"

// The firmware of this board shows its status with it.
const led = await startLed({
    length: 4,
    hwConfig: { type: LedStripLightType.WS2812B_GRB, pin: pins.LED },
})
await led.showAll(0x001f00)
