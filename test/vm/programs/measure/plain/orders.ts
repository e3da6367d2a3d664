import { keepEachSize } from "../keep"

interface Order {
    id: number
    priority: number
    table: number
    urgent: boolean
    takeout: boolean
    paid: boolean
}

await keepEachSize(
    () => [] as Order[],
    (orders, id) => {
        orders.push({ id, priority: 5, table: 7, urgent: false, takeout: false, paid: true })
    },
)
