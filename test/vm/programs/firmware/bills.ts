// A menu in flash, a bill of a few dishes each second: what it comes to, as a line of text.
import { hex, textRow } from "../../../../src/index"

const MENU = hex`c2 01 9a 06 e8 03 2c 01 84 03`
const NAMES = "Soup|Fish|Pasta|Tea|Cake"
let bill = 0

setInterval(() => {
    let cents = 0
    let last = 0
    for (let i = 0; i < 4; i++) {
        last = (bill * 3 + i * 2) % 5
        // A row by index, as a table in flash is read where it is read often.
        cents += (MENU[2 * last] as number) | ((MENU[2 * last + 1] as number) << 8)
    }
    bill++
    if (bill % 10 === 0) console.log(`${bill}: ${cents} and at the end ${textRow(NAMES, last)}`)
}, 100)
