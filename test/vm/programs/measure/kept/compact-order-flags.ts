import {
    ORDER_BYTES,
    ORDER_PAID,
    orderTable,
    packOrder,
    type CompactOrderFlags,
} from "../../../../../src/compact-order-flags"
import { listAt, listPush, packedList } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => packedList(capacity, ORDER_BYTES),
    (orders, i) => {
        listPush(orders, packOrder(i, 5, 7, ORDER_PAID))
        orderTable(listAt(orders, i) as CompactOrderFlags)
    },
)
