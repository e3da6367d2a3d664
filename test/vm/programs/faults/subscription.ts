import { register } from "@devicescript/observables"
const temperature = register(20)
let last = 0
function look() {
    // here
    temperature.subscribe(value => {
        last = value
    })
}
setInterval(look, 500)
