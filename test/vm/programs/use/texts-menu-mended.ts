// Names that never change.
function nameOf(i: number): string {
    switch (i) {
        case 0:
            return "Soup"
        case 1:
            return "Salad"
        case 2:
            return "Bread"
        case 3:
            return "Cheese"
        case 4:
            return "Olives"
        case 5:
            return "Pasta"
        case 6:
            return "Pizza"
        case 7:
            return "Risotto"
        case 8:
            return "Fish"
        case 9:
            return "Steak"
        case 10:
            return "Burger"
        case 11:
            return "Curry"
        case 12:
            return "Rice"
        case 13:
            return "Potatoes"
        case 14:
            return "Beans"
        case 15:
            return "Peas"
        case 16:
            return "Carrots"
        case 17:
            return "Ice cream"
        case 18:
            return "Cake"
        case 19:
            return "Pie"
        case 20:
            return "Coffee"
        case 21:
            return "Tea"
        case 22:
            return "Water"
        case 23:
            return "Juice"
        case 24:
            return "Wine"
        case 25:
            return "Beer"
        case 26:
            return "Cider"
        case 27:
            return "Milk"
        case 28:
            return "Cocoa"
        case 29:
            return "Fruit"
        case 30:
            return "Nuts"
        case 31:
            return "Jam"
        case 32:
            return "Honey"
        case 33:
            return "Toast"
        case 34:
            return "Eggs"
        default:
            return ""
    }
}
let n = 0
let letters = 0
setInterval(() => {
    letters += nameOf(n++ % 35).length
}, 100)
