import { Button, Relay, Temperature } from "@devicescript/core"

const thermometer = new Temperature()
const relay = new Relay()
const button = new Button()
thermometer.reading.subscribe(async degrees => {
    await relay.enabled.write(degrees < 20)
    console.log(`${degrees} degrees`)
})
button.down.subscribe(() => console.log("down"))
button.up.subscribe(() => console.log("up"))
