// Names that never change.
// here
const NAMES = [
    "Soup",
    "Salad",
    "Bread",
    "Cheese",
    "Olives",
    "Pasta",
    "Pizza",
    "Risotto",
    "Fish",
    "Steak",
    "Burger",
    "Curry",
    "Rice",
    "Potatoes",
    "Beans",
    "Peas",
    "Carrots",
    "Ice cream",
    "Cake",
    "Pie",
    "Coffee",
    "Tea",
    "Water",
    "Juice",
    "Wine",
    "Beer",
    "Cider",
    "Milk",
    "Cocoa",
    "Fruit",
    "Nuts",
    "Jam",
    "Honey",
    "Toast",
    "Eggs",
]
let n = 0
let letters = 0
setInterval(() => {
    letters += NAMES[n++ % 35].length
}, 100)
