import { Temperature } from "@devicescript/core"
const thermometer = new Temperature()
let isOn = false
thermometer.reading.subscribe(degrees => {
    isOn = degrees < 20
    console.log(isOn ? "on" : "off")
})
