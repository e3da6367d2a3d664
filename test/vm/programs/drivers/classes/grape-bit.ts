import { KittenBotGrapeBit } from "@devicescript/drivers"

const grape = new KittenBotGrapeBit()
const a = grape.startButtonA()
const b = grape.startButtonB()
const motor = grape.startMotor1()
const buzzer = grape.startBuzzer()
// Its startLed() fails on the board itself: the definition of release 2.16.4 takes the LED's pin for the status light.
const accelerometer = await grape.startAccelerometer()

await motor.enabled.write(true)
a.down.subscribe(async () => {
    await motor.speed.write(0.5)
    console.log("pressed a")
})
b.down.subscribe(async () => {
    await buzzer.playNote(440, 0.5, 50)
    console.log("pressed b")
})
setInterval(async () => {
    const forces = await accelerometer.reading.read()
    console.log("turn", forces[0], forces[2])
}, 1000)
