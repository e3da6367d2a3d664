import { sleep } from "@devicescript/core"
import { register, startMemoryAgent } from "../../../devs/agent"
import { RingBuffer } from "../../../src/ring-buffer"
const orders = new RingBuffer(12, 2)
const refused = new RingBuffer(2, 1)
register("orders", orders)
register("second.queue", refused)
register("third_queue", refused)
register("fourth", refused)
startMemoryAgent()
startMemoryAgent()
for (let i = 0; ; i++) {
    if (orders.isFull()) orders.clear()
    orders.push(i & 0xffff)
    refused.push(1)
    await sleep(300)
}
