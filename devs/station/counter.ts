import * as ds from "@devicescript/core"
import type { Guest } from "./guest"

/** Orders made by hand that the kitchen has not taken yet. */
let pressed = 0
/** Row of the menu the dial points at. */
let dish = 1

/**
 * Opens the counter, where a guest orders by hand: a Jacdac rotary encoder chooses the dish, a
 * button orders it. With neither on the bus nobody ever orders here.
 */
export function openCounter(menuRows: number): void {
    const button = new ds.Button()
    button.down.subscribe(() => {
        pressed++
    })
    const dial = new ds.RotaryEncoder()
    dial.reading.subscribe(position => {
        // The position counts clicks in both directions, and a remainder keeps the sign.
        const turned = position % menuRows
        dish = (turned < 0 ? turned + menuRows : turned) + 1
    })
}

/** Takes an order off the counter. @returns whether there was one, which `guest` then describes */
export function takeCounterOrder(guest: Guest): boolean {
    if (pressed === 0) return false
    pressed--
    guest.dishes = dish
    guest.priority = 8
    guest.urgent = false
    guest.takeout = true
    guest.wish = 0
    return true
}
