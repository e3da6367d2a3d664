import { Relay, Temperature } from "@devicescript/core"

const thermometer = new Temperature()
const relay = new Relay()
thermometer.reading.subscribe(async degrees => {
    await relay.enabled.write(degrees < 20)
})
