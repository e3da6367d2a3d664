import { reboot } from "@devicescript/core"
// Gives up when a check fails.
let n = 0
function check() {
    if (++n % 50 === 0) reboot()
}
setInterval(check, 500)
