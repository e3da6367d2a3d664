// The same fields in two orders, small ones first and large ones first, in objects.
interface Order {
    urgent: boolean
    id: number
    priority: number
    customer: number
}

const ORDERS = 20
const small: Order[] = new Array<Order>(ORDERS)
const large: Order[] = new Array<Order>(ORDERS)

console.log("a")
for (let i = 0; i < ORDERS; i++)
    small[i] = { urgent: true, priority: 5, id: 1000001 + i, customer: 2000000001 }
console.log("b")
for (let i = 0; i < ORDERS; i++)
    large[i] = { customer: 2000000001, id: 1000001 + i, priority: 5, urgent: true }
console.log("c")
console.log(`${small[0].id} ${large[0].id}`)
