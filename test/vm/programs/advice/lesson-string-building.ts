// The lesson "string-building" as it is advised: a line is one template, which the VM formats in one go,
// its padding a slice of a literal, which needs no loop.

import { StringBuilder } from "../../../../src/string-builder"
import { dishCents, dishName } from "../../../../devs/lessons/string-building/menu"

const RECEIPTS = 11
const LINES = 8
const WIDTH = 24
let receipt: string
let bytes = 0

// lesson: begin
const SPACES = "                "
let paper: StringBuilder

function line(text: string, cents: number): void {
    const rest = cents % 100
    const price = `${Math.floor(cents / 100)}.${rest < 10 ? "0" : ""}${rest}`
    paper.text(`${text}${SPACES.slice(text.length)}${SPACES.slice(price.length + 8)}${price}\n`)
}

function write(table: number): string {
    paper.clear()
    paper
        .text("Receipt for table", 8 - WIDTH)
        .integer(table, 8)
        .newline()
    let total = 0
    for (let i = 0; i < LINES; i++) {
        const dish = table * 3 + i
        total += dishCents(dish)
        line(dishName(dish), dishCents(dish))
    }
    line("Total", total)
    return paper.build()
}
// lesson: end

function serve(): void {
    paper = new StringBuilder((LINES + 2) * (WIDTH + 2))
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
