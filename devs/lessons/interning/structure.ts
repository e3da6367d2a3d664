// The same lines. What is kept of each is a byte: the number of its text among the different ones,
// which are kept once.

import { Interner } from "../../../src/interner"
import { readLine } from "./counter"

const ORDERS = 150
let report = ""

// lesson: begin
let texts: Interner
let categories: Buffer

function keep(order: number, category: string): void {
    categories[order] = texts.intern(category) as number
}

function categoryOf(order: number): string {
    return texts.resolve(categories[order])
}
// lesson: end

function receive(): void {
    // lesson: begin
    texts = new Interner(8)
    categories = Buffer.alloc(ORDERS)
    // lesson: end
    for (let order = 0; order < ORDERS; order++) {
        const line = readLine(order)
        keep(order, line.slice(line.indexOf(": ") + 2))
    }
}

function count(): void {
    // lesson: begin
    const counts = Buffer.alloc(texts.length)
    for (let order = 0; order < ORDERS; order++) counts[categories[order]]++
    for (let symbol = 0; symbol < texts.length; symbol++)
        report += `${texts.resolve(symbol)} ${counts[symbol]}, `
    // lesson: end
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${report}${ORDERS} in all`)
console.log(`first ${categoryOf(0)}, last ${categoryOf(ORDERS - 1)}`)
