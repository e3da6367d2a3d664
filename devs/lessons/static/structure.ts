// The same menu in flash: its numbers are rows of bytes in a constant that the compiler leaves where
// the program is. A text is a row of one literal, too: textRow cuts it out, and refuses a row that is not
// there.

import { textRow } from "../../../src/static-table"

const ORDERS = 250
let takings = 0
let mains = 0
let cookingMinutes = 0

// lesson: begin
const ROW_BYTES = 4
const COURSE_AT = 2 // after two bytes of cents
const MINUTES_AT = 3
const MENU = hex`
    8a 02 00 08 // Tomato soup,     6.50, starter, 8 minutes
    08 02 00 09 // Onion rings,     5.20
    d4 03 00 07 // Caesar salad,    9.80
    1a 04 01 12 // Margherita,     10.50, main course, 18 minutes
    6e 05 01 14 // Four cheeses,   13.90
    00 05 01 16 // Lasagne,        12.80
    46 05 01 10 // Ramen,          13.50
    8c 05 01 13 // Green curry,    14.20
    04 06 01 14 // Fish and chips, 15.40
    28 05 01 11 // Burger,         13.20
    e6 0a 01 1c // Ribeye steak,   27.90
    a8 02 02 05 // Tiramisu,        6.80, dessert
    6c 02 02 04 // Cheesecake,      6.20
    04 01 03 03 // Espresso,        2.60, drink
    86 01 03 02 // Lemonade,        3.90
`
const COURSES = "starters|main courses|desserts|drinks"
// lesson: end
const NAMES =
    "Tomato soup|Onion rings|Caesar salad|Margherita|Four cheeses|Lasagne|Ramen|Green curry|" +
    "Fish and chips|Burger|Ribeye steak|Tiramisu|Cheesecake|Espresso|Lemonade"

function serve(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const row = ((id * 7) % 15) * ROW_BYTES
        takings += MENU.getAt(row, "u16")
        cookingMinutes += MENU[row + MINUTES_AT]
        if (MENU[row + COURSE_AT] === 1) mains++
        // lesson: end
    }
}

console.log("work begins")
serve()
console.log("work ends")
console.log(`${ORDERS} dishes, ${mains} of them mains`)
console.log(`${takings} cents, ${cookingMinutes} minutes of cooking`)
const last = textRow(COURSES, MENU[14 * ROW_BYTES + COURSE_AT])
console.log(`from ${textRow(NAMES, 0)} to ${textRow(NAMES, 14)}, one of the ${last}`)
