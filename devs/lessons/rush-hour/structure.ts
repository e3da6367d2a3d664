// The same ring with its checks. It knows how many orders it holds, how many it held at the most, and how
// many it turned away.

import { Button, sleep } from "@devicescript/core"
import {
    packedRing,
    ringCommit,
    ringDrop,
    ringPeek,
    ringReserve,
    type PackedRing,
} from "../../../src/packed-ring"

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
let waiting: PackedRing

function receive(): void {
    let at = ringReserve(waiting)
    if (at === undefined) return // turned away, and counted
    waiting[at++] = guests
    for (let i = 0; i < DISHES; i++) {
        waiting[at] = (guests + i) % 15
        waiting.setAt(at + 1, "u16", 450 + ((guests * i) % 100))
        at += DISH_BYTES
    }
    ringCommit(waiting)
}

function cook(): void {
    let at = ringPeek(waiting) + 2
    for (let i = 0; i < DISHES; i++) {
        cents += waiting.getAt(at, "u16")
        at += DISH_BYTES
    }
    ringDrop(waiting)
}
// lesson: end

while (!bell.isBound) await sleep(100)
console.log("work begins")
// lesson: begin
waiting = packedRing(ROOM, 1 + DISHES * DISH_BYTES)
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
