// Services that the board's firmware starts at pins: what is read, what is driven, and what happens.
import { pins } from "@dsboard/pico"
import { delay } from "@devicescript/core"
import { mcuTemperature } from "@devicescript/runtime"
import {
    startButton,
    startBuzzer,
    startFlex,
    startHidMouse,
    startLightBulb,
    startLightLevel,
    startMotion,
    startMotor,
    startPotentiometer,
    startRelay,
    startRotaryEncoder,
    startServo,
    startSwitch,
} from "@devicescript/servers"

const button = startButton({ pin: pins.GP2 })
const toggle = startSwitch({ pin: pins.GP3 })
const motion = startMotion({ pin: pins.GP4 })
const encoder = startRotaryEncoder({ pin0: pins.GP5, pin1: pins.GP6 })
const knob = startPotentiometer({ pin: pins.GP26 })
const light = startLightLevel({ pin: pins.GP27 })
const relay = startRelay({ pin: pins.GP7 })
const dimmer = startLightBulb({ pin: pins.GP9, dimmable: true })
const buzzer = startBuzzer({ pin: pins.GP10 })
const servo = startServo({ pin: pins.GP11 })
const motor = startMotor({ pin1: pins.GP12, pin2: pins.GP13, pinEnable: pins.GP14 })
const flex = startFlex({ pinL: pins.GP15, pinM: pins.GP28, pinH: pins.GP16 })
const mouse = startHidMouse({})

button.down.subscribe(() => console.log("down"))
button.up.subscribe(() => console.log("up"))
toggle.on.subscribe(() => console.log("on"))
motion.movement.subscribe(() => console.log("movement"))
let position = 0
encoder.reading.subscribe(now => {
    if (now !== position) console.log("turned")
    position = now
})
let level = -1
light.reading.subscribe(now => {
    level = now
})

await delay(1500)
await relay.enabled.write(true)
await dimmer.intensity.write(0.25)
await servo.angle.write(45)
await servo.enabled.write(true)
await motor.enabled.write(true)
await motor.speed.write(-0.5)
await buzzer.playNote(440, 0.5, 200)

console.log("servo", await servo.angle.read())
console.log("relay", await relay.enabled.read())
console.log("chip", await mcuTemperature())
// The first look at a sensor of the board wakes it and reads 0, as on hardware.
await knob.reading.read()
await delay(1000)
console.log("knob", await knob.reading.read())
console.log("light", level > 0.1)
let bent = 0
flex.reading.subscribe(now => {
    if (now !== bent) console.log("bent")
    bent = now
})
await mouse.move(10, 10, 100)
