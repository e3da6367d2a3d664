// A menu in flash, a bill of a few dishes each second: what it comes to, as a line of text.
const MENU = hex`c2 01 9a 06 e8 03 2c 01 84 03`
function nameOf(dish: number): string {
    switch (dish) {
        case 0:
            return "Soup"
        case 1:
            return "Fish"
        case 2:
            return "Pasta"
        case 3:
            return "Tea"
        default:
            return "Cake"
    }
}
let bill = 0

setInterval(() => {
    let cents = 0
    let last = 0
    for (let i = 0; i < 4; i++) {
        last = (bill * 3 + i * 2) % 5
        cents += (MENU[2 * last] as number) | ((MENU[2 * last + 1] as number) << 8)
    }
    bill++
    if (bill % 10 === 0) console.log(`${bill}: ${cents} and at the end ${nameOf(last)}`)
}, 100)
