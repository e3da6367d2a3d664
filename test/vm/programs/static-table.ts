import { AT, I16, I24, I32, I8, U16, U24, U32, U8, writeField } from "../../../src/byte-fields"
import { hex } from "../../../src/hex"
import { findRow, tableField, tableRows, textRow, textRows } from "../../../src/static-table"

const PRICE = U16
const CATEGORY = U8 + 2 * AT
const MINUTES = U8 + 3 * AT
const ROW_BYTES = 4

const DISHES = hex`
    c2 01 00 05 // 4.50, starter, 5 minutes
    9A 06 01 14 // 16.90, main course, 20 minutes
    52 03 02 ff
`
const NAMES = "Soup of the day|Pasta|Crème brûlée"

function dishName(dish: number): string {
    switch (dish) {
        case 0:
            return "Soup of the day"
        case 1:
            return "Pasta"
        default:
            return "Crème brûlée"
    }
}

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}

for (let dish = 0; dish < tableRows(DISHES, ROW_BYTES); dish++) {
    const price = tableField(DISHES, ROW_BYTES, dish, PRICE)
    const minutes = tableField(DISHES, ROW_BYTES, dish, MINUTES)
    console.log(`${textRow(NAMES, dish)}: ${price} cents, ${minutes} min`)
    console.log(dishName(dish) === textRow(NAMES, dish), DISHES[dish * ROW_BYTES + 2])
}
console.log(textRows(NAMES), findRow(DISHES, ROW_BYTES, CATEGORY, 2))
console.log(findRow(DISHES, ROW_BYTES, PRICE, 1690), findRow(DISHES, ROW_BYTES, PRICE, 1))
console.log(textRow("a;b;", 2, ";").length, textRow("", 0).length)

fails(() => tableField(DISHES, ROW_BYTES, 3, PRICE))
fails(() => tableField(DISHES, ROW_BYTES, -1, PRICE))
fails(() => tableField(DISHES, ROW_BYTES, 0.5, PRICE))
fails(() => tableField(DISHES, ROW_BYTES, 2, U24 + 2 * AT))
fails(() => tableRows(DISHES, 5))
fails(() => textRow(NAMES, 3))
fails(() => textRow(NAMES, -1))
fails(() => textRow(NAMES, 1.5))

const bytes = Buffer.alloc(6)
function tryField(field: number): void {
    const range = 256 ** (field & 7)
    const least = field & 8 ? -range / 2 : 0
    const most = least + range - 1
    let right = 0
    for (const value of [least, least + 1, Math.floor((least + most) / 2), most - 1, most]) {
        writeField(bytes, 1, field, value)
        if (tableField(bytes, 6, 0, field + AT) === value) right++
    }
    console.log(`field ${field}: ${right} right`)
    fails(() => writeField(bytes, 0, field, least - 1))
    fails(() => writeField(bytes, 0, field, most + 1))
    fails(() => writeField(bytes, 0, field, 0.5))
    fails(() => writeField(bytes, 5, field, 1))
}
for (const field of [U8, U16, U24, U32, I8, I16, I24, I32]) tryField(field)
fails(() => writeField(bytes, 0, U8, "7" as unknown as number))
