// Receipts for eleven tables, a line a dish with the price in a column. The text is put together with
// plus, the usual way.

import { dishCents, dishName } from "./menu"

const RECEIPTS = 11
const LINES = 8
const WIDTH = 24
let receipt: string
let bytes = 0

// lesson: begin
function padEnd(text: string, width: number): string {
    while (text.length < width) text = text + " "
    return text
}

function padStart(text: string, width: number): string {
    while (text.length < width) text = " " + text
    return text
}

function money(cents: number): string {
    const rest = cents % 100
    return Math.floor(cents / 100) + "." + (rest < 10 ? "0" : "") + rest
}

function line(text: string, cents: number): string {
    return padEnd(text, WIDTH - 8) + padStart(money(cents), 8) + "\n"
}

function write(table: number): string {
    let text = padEnd("Receipt for table", WIDTH - 8) + padStart("" + table, 8) + "\n"
    let total = 0
    for (let i = 0; i < LINES; i++) {
        const dish = table * 3 + i
        total += dishCents(dish)
        text = text + line(dishName(dish), dishCents(dish))
    }
    return text + line("Total", total)
}
// lesson: end

function serve(): void {
    for (let table = 1; table <= RECEIPTS; table++) {
        receipt = write(table)
        bytes += receipt.length
    }
}

console.log("work begins")
serve()
console.log("work ends")
console.log(`${RECEIPTS} receipts, ${bytes} characters`)
console.log(receipt)
