// The same eight answers as the bits of one byte an order. Flags joined by | are one constant to the
// compiler, so three questions are one comparison.

// lesson: begin
const URGENT = 1
const TAKEOUT = 2
const PAID = 4
const UTENSILS = 8
const DELIVERY = 16
const ALLERGIES = 32
const VIP = 64
const RECEIPT = 128
// lesson: end

const ORDERS = 100
let orders: Buffer
let ready = 0

function receive(): void {
    // lesson: begin
    orders = Buffer.alloc(ORDERS)
    for (let i = 0; i < ORDERS; i++) {
        let flags = 0
        if (i % 2 === 0) flags |= URGENT
        if (i % 3 === 0) flags |= TAKEOUT | UTENSILS
        if (i % 7 === 0) flags |= ALLERGIES
        if (i % 10 === 0) flags |= VIP
        orders[i] = flags
    }
    // lesson: end
}

function pay(): void {
    for (let i = 0; i < ORDERS; i += 3)
        // lesson: begin
        orders[i] |= PAID | RECEIPT
    // lesson: end
    for (let i = 0; i < ORDERS; i++)
        // lesson: begin
        if ((orders[i] & (PAID | TAKEOUT | ALLERGIES)) === (PAID | TAKEOUT)) ready++
    // lesson: end
}

console.log("work begins")
receive()
pay()
console.log("work ends")
const first = orders[0]
console.log(`${ready} of ${ORDERS} ready to leave`)
console.log(
    `first: urgent ${(first & URGENT) !== 0}, VIP ${(first & VIP) !== 0}, delivery ${(first & DELIVERY) !== 0}`,
)
