import { PicoBricks } from "@devicescript/drivers"

const bricks = new PicoBricks()
const oled = await bricks.startOLED()
const button = bricks.startButton()
const led = bricks.startLED()
const relay = bricks.startRelay()
const knob = bricks.startPotentiometer()
const light = bricks.startLightSensor()
const buzzer = bricks.startBuzzer()
const servo = bricks.startServo1()
const motor = bricks.startMotor2()

await motor.enabled.write(true)
button.down.subscribe(async () => {
    await led.toggle()
    await buzzer.playNote(440, 0.5, 50)
    console.log("pressed")
})
let position = 0
knob.reading.subscribe(now => {
    position = now
})
setInterval(async () => {
    await servo.angle.write(position * 180 - 90)
    await motor.speed.write(position)
    await relay.enabled.write(position > 0.5)
    oled.image.fill(0)
    oled.image.print(`${Math.round(position * 100)}`, 4, 4)
    await oled.show()
    console.log("turn", position, await light.reading.read())
}, 1000)
