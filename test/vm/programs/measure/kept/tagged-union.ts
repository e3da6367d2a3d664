import { TaggedUnionArray, U16, writeField } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new TaggedUnionArray<string>(capacity, 2, 0),
    (orders, i) => {
        writeField(orders.buffer, orders.push(i & 3), U16, 25)
        orders.tag(i)
    },
)
