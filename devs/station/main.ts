import { sleep } from "@devicescript/core"
import { openCounter, takeCounterOrder } from "./counter"
import { DISH_ROWS } from "./dish.generated"
import { Guest } from "./guest"
import { logStatus } from "./journal"
import { kitchen } from "./kitchen"
import { Rush } from "./rush"

/** Length of a step in milliseconds. */
const STEP_MS = 100
const STEPS_PER_SECOND = 1000 / STEP_MS
/** Seconds from one status line to the next. */
const STATUS_SECONDS = 5
/** The guests of every run: any integer but 0. */
const SEED = 20240711

console.log("order station open")
openCounter(DISH_ROWS)
const rush = new Rush(SEED, DISH_ROWS)
const guest = new Guest()

for (let steps = 1; ; steps++) {
    await sleep(STEP_MS)
    if (rush.arrives(guest)) kitchen.receive(guest)
    if (takeCounterOrder(guest)) kitchen.receive(guest)
    kitchen.step()
    if (steps % (STATUS_SECONDS * STEPS_PER_SECOND) === 0)
        logStatus(steps / STEPS_PER_SECOND, kitchen)
}
