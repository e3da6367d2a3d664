import { register } from "@devicescript/observables"
const temperature = register(20)
let last = 0
temperature.subscribe(value => {
    last = value
})
function look() {
    last++
}
setInterval(look, 500)
