import { U16 } from "../../src/byte-fields"
import { tableField, tableRows } from "../../src/static-table"
import { DISH_BITS, DISH_MASK } from "./guest"

// A row of the menu: its price in cents and the steps it cooks. The table is in flash and takes no
// heap; so are the names, since a string literal that a function returns stays where it is.
const ROW_BYTES = 3
const CENTS = U16
const COOKING_STEPS_AT = 2

const MENU = hex`
    8a 02 08 //  1 Tomato soup,     6.50, 0.8 s
    08 02 09 //  2 Onion rings,     5.20, 0.9 s
    d4 03 07 //  3 Caesar salad,    9.80, 0.7 s
    1a 04 12 //  4 Margherita,     10.50, 1.8 s
    6e 05 14 //  5 Four cheeses,   13.90, 2.0 s
    00 05 16 //  6 Lasagne,        12.80, 2.2 s
    46 05 10 //  7 Ramen,          13.50, 1.6 s
    8c 05 13 //  8 Green curry,    14.20, 1.9 s
    04 06 14 //  9 Fish and chips, 15.40, 2.0 s
    28 05 11 // 10 Burger,         13.20, 1.7 s
    e6 0a 1c // 11 Ribeye steak,   27.90, 2.8 s
    a8 02 05 // 12 Tiramisu,        6.80, 0.5 s
    6c 02 04 // 13 Cheesecake,      6.20, 0.4 s
    04 01 03 // 14 Espresso,        2.60, 0.3 s
    86 01 02 // 15 Lemonade,        3.90, 0.2 s
`

/** How many dishes there are: rows 1 to this. */
export const MENU_ROWS = tableRows(MENU, ROW_BYTES)

/** What a dish is called. @param row 1 to {@link MENU_ROWS} */
export function dishName(row: number): string {
    switch (row) {
        case 1:
            return "Tomato soup"
        case 2:
            return "Onion rings"
        case 3:
            return "Caesar salad"
        case 4:
            return "Margherita"
        case 5:
            return "Four cheeses"
        case 6:
            return "Lasagne"
        case 7:
            return "Ramen"
        case 8:
            return "Green curry"
        case 9:
            return "Fish and chips"
        case 10:
            return "Burger"
        case 11:
            return "Ribeye steak"
        case 12:
            return "Tiramisu"
        case 13:
            return "Cheesecake"
        case 14:
            return "Espresso"
        default:
            return "Lemonade"
    }
}

/** What a dish costs, in cents. @param row 1 to {@link MENU_ROWS} */
export function dishCents(row: number): number {
    return tableField(MENU, ROW_BYTES, row - 1, CENTS)
}

/** What a guest's dishes cost together, in cents. @param dishes as in `Guest` */
export function billCents(dishes: number): number {
    let cents = 0
    for (; dishes !== 0; dishes >>= DISH_BITS) cents += dishCents(dishes & DISH_MASK)
    return cents
}

/** How many steps a guest's dishes cook: they start together, so the slowest counts. */
export function cookingSteps(dishes: number): number {
    let steps = 0
    for (; dishes !== 0; dishes >>= DISH_BITS)
        steps = Math.max(steps, MENU[((dishes & DISH_MASK) - 1) * ROW_BYTES + COOKING_STEPS_AT])
    return steps
}
