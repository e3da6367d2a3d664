// Services of the board with several pins each: gamepads of buttons and of a stick, and power for the bus.
import { pins } from "@dsboard/pico"
import { delay, GamepadButtons, PowerPowerStatus } from "@devicescript/core"
import { startGamepad, startPower } from "@devicescript/servers"

const pad = startGamepad({
    pinLeft: pins.GP2,
    pinRight: pins.GP3,
    pinA: pins.GP4,
    activeHigh: true,
})
const stick = startGamepad({ pinAX: pins.GP26, pinAY: pins.GP27, pinHigh: pins.GP5 })
const power = startPower({
    pinFault: pins.GP6,
    pinEn: pins.GP7,
    pinPulse: pins.GP8,
    pinLedPulse: pins.GP9,
    mode: 2,
    faultIgnoreMs: 20,
})

pad.change.subscribe(async () => {
    const [buttons, x] = await pad.reading.read()
    if (buttons & GamepadButtons.Left) console.log("left", x)
    if (buttons & GamepadButtons.A) console.log("a", x)
})
pad.reading.subscribe(() => undefined)
let far = 0
stick.reading.subscribe(reading => {
    const now = Math.round(reading[1] * 100) * 1000 + Math.round(reading[2] * 100)
    if (now !== far) console.log("stick", Math.abs(reading[1]) <= 1 && Math.abs(reading[2]) <= 1)
    far = now
})
power.change.subscribe(status => console.log("status", status))

await delay(1000)
console.log("buttons", await pad.buttonsAvailable.read(), await stick.buttonsAvailable.read())
console.log("powering", (await power.powerStatus.read()) === PowerPowerStatus.Powering)
console.log("pulse", await power.keepOnPulseDuration.read(), await power.maxPower.read())
await power.enabled.write(false)
await delay(2000)
console.log("powering", (await power.powerStatus.read()) === PowerPowerStatus.Powering)
