// The same menu in flash: its numbers are rows of bytes in a constant that the compiler leaves where
// the program is, its texts literals that a function returns.

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
// lesson: end

function nameOf(dish: number): string {
    switch (dish) {
        case 0:
            return "Tomato soup"
        case 1:
            return "Onion rings"
        case 2:
            return "Caesar salad"
        case 3:
            return "Margherita"
        case 4:
            return "Four cheeses"
        case 5:
            return "Lasagne"
        case 6:
            return "Ramen"
        case 7:
            return "Green curry"
        case 8:
            return "Fish and chips"
        case 9:
            return "Burger"
        case 10:
            return "Ribeye steak"
        case 11:
            return "Tiramisu"
        case 12:
            return "Cheesecake"
        case 13:
            return "Espresso"
        default:
            return "Lemonade"
    }
}

// lesson: begin
function courseName(course: number): string {
    switch (course) {
        case 0:
            return "starters"
        case 1:
            return "main courses"
        case 2:
            return "desserts"
        default:
            return "drinks"
    }
}
// lesson: end

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
const last = courseName(MENU[14 * ROW_BYTES + COURSE_AT])
console.log(`from ${nameOf(0)} to ${nameOf(14)}, one of the ${last}`)
