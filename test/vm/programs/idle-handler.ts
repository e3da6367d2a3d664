import { emitter, Button, Temperature } from "@devicescript/core"

// One handler is called, one waits for what never happens, and one is never made.
const thermometer = new Temperature()
const button = new Button()
const never = emitter<number>()
thermometer.reading.subscribe(degrees => {
    if (degrees > 500)
        button.up.subscribe(() => {
            console.log("never made")
        })
})
never.subscribe(() => {
    console.log("never called")
})
