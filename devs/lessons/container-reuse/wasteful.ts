// A hundred orders are confirmed, many of them again and again. Each time a new list is made, filled,
// joined to a text and thrown away.

const ORDERS = 100
const DIFFERENT = 20
const ITEMS = 6
const results: string[] = new Array<string>(ORDERS)

// lesson: begin
function confirm(order: number): string {
    const parts: string[] = []
    parts.push(`Order ${order}`)
    for (let item = 1; item <= ITEMS; item++) parts.push(`item ${(order * item) % 15}`)
    parts.push("confirmed")
    return parts.join(" - ")
}
// lesson: end

function work(): void {
    for (let i = 0; i < ORDERS; i++) {
        const order = 1 + (i % DIFFERENT)
        // lesson: begin
        results[i] = confirm(order)
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
