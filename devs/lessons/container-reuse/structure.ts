// The same confirmations from a cache of fixed capacity, which works out what it does not have, gives up
// what was not asked for lately and counts both. What is kept of an order is its number, a byte.

import { ResultCache } from "../../../src/result-cache"

const ORDERS = 100
const DIFFERENT = 20
const results: Buffer = Buffer.alloc(ORDERS)
let texts: ResultCache<string>

// lesson: begin
function confirm(order: number): string {
    return `Order ${order} - item ${order % 15} - item ${(order * 2) % 15} - item ${(order * 3) % 15} - item ${(order * 4) % 15} - item ${(order * 5) % 15} - item ${(order * 6) % 15} - confirmed`
}
// lesson: end

function work(): void {
    // lesson: begin
    texts = new ResultCache(DIFFERENT)
    // lesson: end
    for (let i = 0; i < ORDERS; i++) {
        const order = 1 + (i % DIFFERENT)
        // lesson: begin
        if (texts.get(order) === undefined) texts.set(order, confirm(order))
        results[i] = order
        // lesson: end
    }
}

console.log("work begins")
work()
console.log("work ends")
let length = 0
for (let i = 0; i < ORDERS; i++) length += texts.get(results[i]).length
console.log(`${ORDERS} confirmations, ${length} characters`)
console.log(texts.get(results[ORDERS - 1]))
