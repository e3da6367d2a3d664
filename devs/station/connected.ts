// The order station on the network: which dishes there are today comes over MQTT, and a display shows
// the queue. Without a network it serves what was on the menu last.
import "@dsboard/adafruit_qt_py_c3"
import { sleep } from "@devicescript/core"
import { SSD1306Driver } from "@devicescript/drivers"
import { startMQTTClient } from "@devicescript/net"
import { openCounter, takeCounterOrder } from "./counter"
import { DISH_ROWS } from "./dish.generated"
import { DISH_BITS, DISH_MASK, Guest } from "./guest"
import { logStatus } from "./journal"
import { kitchen } from "./kitchen"
import { Rush } from "./rush"

const STEP_MS = 100
const STEPS_PER_SECOND = 10
const STATUS_SECONDS = 5
const SEED = 20240711
/** Milliseconds between two attempts to reach the broker, and between two looks at the connection. */
const RETRY_MS = 15_000
const LOOK_MS = 1_000
const BROKER = "broker.example.com"
const MENU_TOPIC = "station/menu"

/** Bit n is set while row n of the menu is served today; all of them until somebody says otherwise. */
let today = (1 << (DISH_ROWS + 1)) - 2

/** Takes a menu as it comes: the rows that are served, with commas between. */
function takeMenu(text: string): void {
    let rows = 0
    for (const part of text.split(",")) {
        const row = parseInt(part)
        if (row >= 1 && row <= DISH_ROWS) rows |= 1 << row
    }
    if (rows === 0) {
        console.warn(`no menu: ${text.slice(0, 20)}`)
        return
    }
    today = rows
    console.log(`menu today: ${text.slice(0, 40)}`)
}

/** What is not served today is replaced by the first dish that is. */
function dishesToday(dishes: number): number {
    let first = 1
    while ((today & (1 << first)) === 0) first++
    let served = 0
    for (let shift = 0; dishes >> shift !== 0; shift += DISH_BITS) {
        const row = (dishes >> shift) & DISH_MASK
        served |= (today & (1 << row) ? row : first) << shift
    }
    return served
}

/** Keeps the board subscribed to the menu. A client that lost its network is stopped, or its next ping throws. */
async function followMenu(): Promise<void> {
    for (;;) {
        let isLost = false
        try {
            const client = await startMQTTClient({ host: BROKER, port: 1883, proto: "tcp" })
            client.onerror.subscribe(() => {
                isLost = true
            })
            client.onclose.subscribe(() => {
                isLost = true
            })
            const messages = await client.subscribe(MENU_TOPIC)
            messages.subscribe(message => takeMenu(message.content.toString("utf-8")))
            console.log("menu follows the network")
            while (!isLost) await sleep(LOOK_MS)
            console.log("network lost: the menu stays")
            await client.stop()
        } catch (error) {
            console.log("no broker: the menu stays")
        }
        await sleep(RETRY_MS)
    }
}

/** The queue on the display, a dot an order. */
async function showQueue(display: SSD1306Driver): Promise<void> {
    const image = display.image
    image.fill(0)
    image.print(`${kitchen.waiting.length} wait`, 2, 2, 1)
    image.print(`${kitchen.cooking} cook`, 2, 14, 1)
    for (let i = 0; i < kitchen.waiting.length; i++) image.fillRect(2 + 5 * i, 28, 3, 6, 1)
    await display.show()
}

console.log("order station open")
openCounter(DISH_ROWS)
const display = new SSD1306Driver({ devAddr: 0x3d, width: 64, height: 48 })
await display.init()
followMenu.start()
const rush = new Rush(SEED, DISH_ROWS)
const guest = new Guest()

for (let steps = 1; ; steps++) {
    await sleep(STEP_MS)
    if (rush.arrives(guest)) {
        guest.dishes = dishesToday(guest.dishes)
        kitchen.receive(guest)
    }
    if (takeCounterOrder(guest)) kitchen.receive(guest)
    kitchen.step()
    if (steps % (STATUS_SECONDS * STEPS_PER_SECOND) === 0) {
        logStatus(steps / STEPS_PER_SECOND, kitchen)
        await showQueue(display)
    }
}
