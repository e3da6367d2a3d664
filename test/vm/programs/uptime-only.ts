// Nothing but a subscription to a register of the board itself: it goes on for ever.
import { currentControl } from "@devicescript/runtime"

currentControl().uptime.subscribe(uptime => console.log(`up ${uptime > 0}`))
