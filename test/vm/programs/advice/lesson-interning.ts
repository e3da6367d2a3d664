// The lesson "interning" as it is advised: with the class, which counts and checks, where the lesson goes on
// to a form without it.

import { Interner } from "../../../../src/interner"
import { readLine } from "../../../../devs/lessons/interning/counter"

const ORDERS = 150
let report = ""

let texts: Interner
let categories: Buffer

function keep(order: number, category: string): void {
    categories[order] = texts.intern(category) as number
}

function categoryOf(order: number): string {
    return texts.resolve(categories[order])
}

function receive(): void {
    texts = new Interner(8)
    categories = Buffer.alloc(ORDERS)
    for (let order = 0; order < ORDERS; order++) {
        const line = readLine(order)
        keep(order, line.slice(line.indexOf(": ") + 2))
    }
}

function count(): void {
    const counts = Buffer.alloc(texts.length)
    for (let order = 0; order < ORDERS; order++) counts[categories[order]]++
    for (let symbol = 0; symbol < texts.length; symbol++)
        report += `${texts.resolve(symbol)} ${counts[symbol]}, `
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${report}${ORDERS} in all`)
console.log(`first ${categoryOf(0)}, last ${categoryOf(ORDERS - 1)}`)
