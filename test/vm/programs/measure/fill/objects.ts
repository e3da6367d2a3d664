// The same orders, an object each, until the board is full.
interface Order {
    id: number
    priority: number
    table: number
    urgent: boolean
    takeout: boolean
    paid: boolean
}

const orders: Order[] = []
setInterval(() => {
    orders.push({
        id: orders.length & 4095,
        priority: 5,
        table: 7,
        urgent: false,
        takeout: false,
        paid: true,
    })
    console.log(`${orders.length}`)
}, 10)
