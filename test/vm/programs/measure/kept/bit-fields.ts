import { bitField, withBitField } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new Array<number>(capacity),
    (orders, i) => {
        orders[i] = withBitField(withBitField(0, 0, 12, i), 16, 5, 7)
        bitField(orders[i] as number, 16, 5)
    },
)
