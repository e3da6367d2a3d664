// Whoever presses the bell orders. The kitchen takes a second an order and keeps up on a quiet evening;
// in the rush a guest comes every 400 ms. Nobody has asked how many orders wait then, and each of them
// is an object with an object for each dish.

import { Button, sleep } from "@devicescript/core"

const GUESTS = 40
const DISHES = 3
const bell = new Button("bell")
let guests = 0
let most = 0
let served = 0
let cents = 0

// lesson: begin
interface Dish {
    dish: number
    cents: number
}

let waiting: { guest: number; dishes: Dish[] }[]

function receive(): void {
    const dishes: Dish[] = []
    for (let i = 0; i < DISHES; i++)
        dishes.push({ dish: (guests + i) % 15, cents: 450 + ((guests * i) % 100) })
    waiting.push({ guest: guests, dishes })
}

function cook(): void {
    const { dishes } = waiting.shift()
    for (let i = 0; i < DISHES; i++) cents += dishes[i].cents
}
// lesson: end

while (!bell.isBound) await sleep(100)
console.log("work begins")
waiting = []
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
