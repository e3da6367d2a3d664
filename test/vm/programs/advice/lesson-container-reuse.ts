// The lesson "container-reuse" as it is advised. The same confirmations out of one list that is filled anew, and each text is worked out once: a
// cache of fixed capacity keeps the last ones.

import { ResultCache } from "../../../../src/result-cache"

const ORDERS = 100
const DIFFERENT = 20
const ITEMS = 6
const results: string[] = new Array<string>(ORDERS)

// lesson: begin
let parts: string[]
let cache: ResultCache<string>

function confirm(order: number): string {
    parts[0] = `Order ${order}`
    for (let item = 1; item <= ITEMS; item++) parts[item] = `item ${(order * item) % 15}`
    parts[ITEMS + 1] = "confirmed"
    return parts.join(" - ")
}
// lesson: end

function work(): void {
    // lesson: begin
    parts = new Array<string>(ITEMS + 2)
    cache = new ResultCache(DIFFERENT)
    // lesson: end
    for (let i = 0; i < ORDERS; i++) {
        const order = 1 + (i % DIFFERENT)
        // lesson: begin
        results[i] = cache.getOrCompute(order, confirm)
        // lesson: end
    }
}

console.log("work begins")
work()
console.log("work ends")
let length = 0
for (const result of results) length += result.length
console.log(`${ORDERS} confirmations, ${length} characters`)
console.log(results[ORDERS - 1])
