// Unsubscribing from an observable value leaves the subscriber where it was (microsoft/devicescript).
import { register } from "@devicescript/observables"
const temperature = register(20)
let last = 0
function look() {
    // fills
    const subscription = temperature.subscribe(value => {
        last = value
    })
    subscription.unsubscribe() // fills
}
setInterval(look, 10000)
