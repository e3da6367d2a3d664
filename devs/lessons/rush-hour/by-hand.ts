// The same kitchen with a place for each order that waits in the rush, in one buffer. A scenario has
// told how many that are, and one more is for luck; whoever comes beyond that is turned away and counted.

import { Button, sleep } from "@devicescript/core"

const GUESTS = 40
const DISHES = 3
const bell = new Button("bell")
let guests = 0
let most = 0
let served = 0
let cents = 0

// lesson: begin
const ROOM = 24 // in the rush 23 wait
const DISH_BYTES = 3 // a dish, and two bytes of cents
const ORDER_BYTES = 1 + DISHES * DISH_BYTES
let waiting: Buffer
let refused = 0

function receive(): void {
    if (guests - served === ROOM) {
        refused++
        return
    }
    let at = (guests % ROOM) * ORDER_BYTES
    waiting[at++] = guests
    for (let i = 0; i < DISHES; i++) {
        waiting[at] = (guests + i) % 15
        waiting.setAt(at + 1, "u16", 450 + ((guests * i) % 100))
        at += DISH_BYTES
    }
}

function cook(): void {
    let at = (served % ROOM) * ORDER_BYTES + 2
    for (let i = 0; i < DISHES; i++) {
        cents += waiting.getAt(at, "u16")
        at += DISH_BYTES
    }
}
// lesson: end

while (!bell.isBound) await sleep(100)
console.log("work begins")
// lesson: begin
waiting = Buffer.alloc(ROOM * ORDER_BYTES)
// lesson: end
bell.down.subscribe(() => {
    receive()
    guests++
    most = Math.max(most, guests - served)
})
while (served < GUESTS) {
    await sleep(1000)
    if (served === guests) continue
    cook()
    served++
}
console.log("work ends")
console.log(`${served} orders, at most ${most} waiting, ${cents} cents`)
