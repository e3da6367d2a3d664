import { StringBuilder } from "../../src/string-builder"
import { dishCents, dishName } from "./dish.generated"
import { DISH_BITS, DISH_MASK, MAX_DISHES } from "./guest"

const WIDTH = 26
const PRICE_WIDTH = 8
const NAME_WIDTH = WIDTH - PRICE_WIDTH

/**
 * The only paper in the house: every receipt is written into this one buffer, so a receipt asks for
 * no more memory at once than its own text, and asks the same on the last day as on the first.
 */
const paper = new StringBuilder((WIDTH + 1) * (MAX_DISHES + 4))

/**
 * Writes a receipt: whose it is, a line a dish, and the total.
 *
 * @param dishes The guest's dishes, as in `Guest`.
 * @param totalCents What they cost together.
 */
export function writeReceipt(id: number, dishes: number, totalCents: number): string {
    paper.clear()
    rule().text("Receipt", -NAME_WIDTH).integer(id, PRICE_WIDTH).newline()
    for (let rest = dishes; rest !== 0; rest >>= DISH_BITS) {
        const row = (rest & DISH_MASK) - 1
        line(dishName(row), dishCents(row))
    }
    line("Total", totalCents)
    rule()
    return paper.build()
}

function line(text: string, cents: number): void {
    paper.text(text, -NAME_WIDTH).decimal(cents, 2, PRICE_WIDTH).newline()
}

function rule(): StringBuilder {
    return paper.repeat("-", WIDTH).newline()
}
