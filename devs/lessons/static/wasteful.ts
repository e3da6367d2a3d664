// The menu never changes while the board runs, nor do its courses. Here both are built at start: an
// object a dish and a list of names, in arrays.

interface Dish {
    name: string
    cents: number
    course: number
    minutes: number
}

const ORDERS = 250
let menu: Dish[]
let courses: string[]
let takings = 0
let mains = 0
let cookingMinutes = 0

function openKitchen(): void {
    // lesson: begin
    courses = ["starters", "main courses", "desserts", "drinks"]
    menu = [
        { name: "Tomato soup", cents: 650, course: 0, minutes: 8 },
        { name: "Onion rings", cents: 520, course: 0, minutes: 9 },
        { name: "Caesar salad", cents: 980, course: 0, minutes: 7 },
        { name: "Margherita", cents: 1050, course: 1, minutes: 18 },
        { name: "Four cheeses", cents: 1390, course: 1, minutes: 20 },
        { name: "Lasagne", cents: 1280, course: 1, minutes: 22 },
        { name: "Ramen", cents: 1350, course: 1, minutes: 16 },
        { name: "Green curry", cents: 1420, course: 1, minutes: 19 },
        { name: "Fish and chips", cents: 1540, course: 1, minutes: 20 },
        { name: "Burger", cents: 1320, course: 1, minutes: 17 },
        { name: "Ribeye steak", cents: 2790, course: 1, minutes: 28 },
        { name: "Tiramisu", cents: 680, course: 2, minutes: 5 },
        { name: "Cheesecake", cents: 620, course: 2, minutes: 4 },
        { name: "Espresso", cents: 260, course: 3, minutes: 3 },
        { name: "Lemonade", cents: 390, course: 3, minutes: 2 },
    ]
    // lesson: end
}

function serve(): void {
    for (let id = 0; id < ORDERS; id++) {
        // lesson: begin
        const dish = menu[(id * 7) % 15]
        takings += dish.cents
        cookingMinutes += dish.minutes
        if (dish.course === 1) mains++
        // lesson: end
    }
}

console.log("work begins")
openKitchen()
serve()
console.log("work ends")
console.log(`${ORDERS} dishes, ${mains} of them mains`)
console.log(`${takings} cents, ${cookingMinutes} minutes of cooking`)
console.log(`from ${menu[0].name} to ${menu[14].name}, one of the ${courses[menu[14].course]}`)
