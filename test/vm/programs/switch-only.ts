// Opens a role for the board's own service and is over before that has told that it is there.
import { gpio } from "@devicescript/core"
import { startSwitch } from "@devicescript/servers"

const toggle = startSwitch({ pin: gpio(2) })
console.log(toggle ? "started" : "")
