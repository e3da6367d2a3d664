import { ObjectPool } from "../../../../../src/index"
import { keepEachSize } from "../keep"

interface Item {
    id: number
    table: number
    price: number
}

await keepEachSize(
    capacity => new ObjectPool<Item>(capacity, id => ({ id, table: 7, price: 1250 })),
    (pool, i) => {
        const item = pool.acquire() as Item
        if (i < 0) pool.release(item)
    },
)
