import { keepEachSize } from "../keep"

interface Item {
    id: number
    table: number
    price: number
}

await keepEachSize(
    () => [] as Item[],
    (items, id) => {
        items.push({ id, table: 7, price: 1250 })
    },
)
