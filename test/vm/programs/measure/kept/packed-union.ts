import { packedUnion, U16, unionPush, unionTag, writeField } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => packedUnion(capacity, 2),
    (orders, i) => {
        writeField(orders, unionPush(orders, i & 3), U16, 25)
        unionTag(orders, i)
    },
)
