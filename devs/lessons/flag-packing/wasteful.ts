// Eight yes-or-no answers for every order of the evening, each a field of an object.

interface OrderFlags {
    isUrgent: boolean
    isTakeout: boolean
    isPaid: boolean
    needsUtensils: boolean
    isDelivery: boolean
    hasAllergies: boolean
    isVip: boolean
    needsReceipt: boolean
}

const ORDERS = 100
let orders: OrderFlags[]
let ready = 0

function receive(): void {
    // lesson: begin
    orders = new Array<OrderFlags>(ORDERS)
    for (let i = 0; i < ORDERS; i++)
        orders[i] = {
            isUrgent: i % 2 === 0,
            isTakeout: i % 3 === 0,
            isPaid: false,
            needsUtensils: i % 3 === 0,
            isDelivery: false,
            hasAllergies: i % 7 === 0,
            isVip: i % 10 === 0,
            needsReceipt: false,
        }
    // lesson: end
}

function pay(): void {
    for (let i = 0; i < ORDERS; i += 3) {
        // lesson: begin
        const order = orders[i]
        order.isPaid = true
        order.needsReceipt = true
        // lesson: end
    }
    for (let i = 0; i < ORDERS; i++) {
        // lesson: begin
        const order = orders[i]
        if (order.isPaid && order.isTakeout && !order.hasAllergies) ready++
        // lesson: end
    }
}

console.log("work begins")
receive()
pay()
console.log("work ends")
const first = orders[0]
console.log(`${ready} of ${ORDERS} ready to leave`)
console.log(`first: urgent ${first.isUrgent}, VIP ${first.isVip}, delivery ${first.isDelivery}`)
