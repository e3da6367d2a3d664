import { sleep, GPIOMode, type Button, type OutputPin } from "@devicescript/core"
import "@devicescript/gpio"
import { SSD1306Driver } from "@devicescript/drivers"
import { DISH_ROWS } from "../dish.generated"
import { Guest } from "../guest"
import { logStatus } from "../journal"
import { kitchen } from "../kitchen"
import { Rush } from "../rush"

const STEP_MS = 100
const STEPS_PER_SECOND = 10
const STATUS_SECONDS = 5
/** The lamp is on while so many orders wait, or more. */
const BUSY = 3
const SEED = 20240711
/** Of nearly all displays of this kind. */
const DISPLAY_ADDRESS = 0x3c

/**
 * The order station with a button, a lamp and, where one answers, a display of 128 x 64 pixels: the
 * button orders a dish, the lamp is on while the kitchen is busy, the display tells what waits and is paid.
 */
export async function openHouse(button: Button, lamp: OutputPin): Promise<void> {
    console.log("order station open")
    let pressed = 0
    button.down.subscribe(() => {
        pressed++
        console.log("ordered at the counter")
    })
    lamp.setMode(GPIOMode.Output)
    const display = await openDisplay()
    const rush = new Rush(SEED, DISH_ROWS)
    const guest = new Guest()
    for (let steps = 1; ; steps++) {
        await sleep(STEP_MS)
        if (rush.arrives(guest)) kitchen.receive(guest)
        if (pressed > 0) {
            pressed--
            guest.dishes = 1
            guest.priority = 8
            guest.urgent = false
            guest.takeout = true
            guest.wish = 0
            kitchen.receive(guest)
        }
        kitchen.step()
        lamp.write(kitchen.waiting.length >= BUSY ? 1 : 0)
        if (steps % STEPS_PER_SECOND === 0 && display) await show(display)
        if (steps % (STATUS_SECONDS * STEPS_PER_SECOND) === 0)
            logStatus(steps / STEPS_PER_SECOND, kitchen)
    }
}

/** The display, if one is connected: without it all else goes on. */
async function openDisplay(): Promise<SSD1306Driver> {
    try {
        const display = new SSD1306Driver({ width: 128, height: 64, devAddr: DISPLAY_ADDRESS })
        await display.init()
        return display
    } catch (e) {
        console.log("no display")
        return undefined
    }
}

async function show(display: SSD1306Driver): Promise<void> {
    const { image } = display
    image.fill(0)
    image.print(`waiting ${kitchen.waiting.length}`, 4, 8)
    image.print(`cooking ${kitchen.cooking}`, 4, 24)
    image.print(`paid    ${kitchen.paid}`, 4, 40)
    await display.show()
}
