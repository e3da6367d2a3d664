// The same lines. What is kept of each is a byte: the number of its text among the different ones,
// which are kept once.

import {
    symbolCount,
    symbolIntern,
    symbolTable,
    symbolText,
    type SymbolTable,
} from "../../../src/symbol-table"
import { readLine } from "./counter"

const ORDERS = 150
let report = ""

// lesson: begin
let texts: SymbolTable
let categories: Buffer

function keep(order: number, category: string): void {
    categories[order] = symbolIntern(texts, category) as number
}

function categoryOf(order: number): string {
    return symbolText(texts, categories[order])
}
// lesson: end

function receive(): void {
    // lesson: begin
    texts = symbolTable(8)
    categories = Buffer.alloc(ORDERS)
    // lesson: end
    for (let order = 0; order < ORDERS; order++) {
        const line = readLine(order)
        keep(order, line.slice(line.indexOf(": ") + 2))
    }
}

function count(): void {
    // lesson: begin
    const counts = Buffer.alloc(symbolCount(texts))
    for (let order = 0; order < ORDERS; order++) counts[categories[order]]++
    for (let symbol = 0; symbol < counts.length; symbol++)
        report += `${symbolText(texts, symbol)} ${counts[symbol]}, `
    // lesson: end
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${report}${ORDERS} in all`)
console.log(`first ${categoryOf(0)}, last ${categoryOf(ORDERS - 1)}`)
