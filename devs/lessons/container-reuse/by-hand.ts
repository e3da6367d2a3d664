// The same confirmations, each text worked out once, in one template and without a list. What is kept
// for an order that comes again is its number, a byte.

const ORDERS = 100
const DIFFERENT = 20
const results: Buffer = Buffer.alloc(ORDERS)
let texts: string[]

function work(): void {
    // lesson: begin
    texts = new Array<string>(DIFFERENT + 1)
    // lesson: end
    for (let i = 0; i < ORDERS; i++) {
        const order = 1 + (i % DIFFERENT)
        // lesson: begin
        if (texts[order] === undefined)
            texts[order] =
                `Order ${order} - item ${order % 15} - item ${(order * 2) % 15} - item ${(order * 3) % 15} - item ${(order * 4) % 15} - item ${(order * 5) % 15} - item ${(order * 6) % 15} - confirmed`
        results[i] = order
        // lesson: end
    }
}

console.log("work begins")
work()
console.log("work ends")
let length = 0
for (let i = 0; i < ORDERS; i++) length += texts[results[i]].length
console.log(`${ORDERS} confirmations, ${length} characters`)
console.log(texts[results[ORDERS - 1]])
