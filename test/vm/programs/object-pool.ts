import { ObjectPool } from "../../../src/object-pool"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

class Order {
    id: number
    constructor(id: number) {
        this.id = id
    }
}

const pool = new ObjectPool(4, index => new Order(index))
const out: Order[] = []
let sum = 0
for (let i = 0; i < 60; i++) {
    if (random(5) < 3) {
        const order = pool.acquire()
        if (order) out.push(order)
        sum = (sum * 31 + (order ? order.id : 9)) | 0
    } else if (out.length > 0) {
        const at = random(out.length)
        const order = out[at] as Order
        out[at] = out[out.length - 1] as Order
        out.pop()
        pool.release(order)
        sum = (sum * 31 + order.id) | 0
    }
}
const stats = pool.stats()
console.log(`sum ${sum}, length ${stats.length} of ${stats.capacity}, out ${out.length}`)
console.log(`most ${stats.highWaterMark}, refused ${stats.refused}, free ${pool.available()}`)
console.log(`empty ${pool.isEmpty()}, full ${pool.isFull()}`)
pool.clear()
console.log(`empty ${pool.isEmpty()}, full ${pool.isFull()}`)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
const order = pool.acquire() as Order
pool.release(order)
fails(() => pool.release(order))
fails(() => pool.release(new Order(1)))
fails(() => new ObjectPool(0, index => new Order(index)))
fails(() => new ObjectPool(8000, index => new Order(index)))
