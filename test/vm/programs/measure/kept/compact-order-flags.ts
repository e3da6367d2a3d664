import {
    ORDER_BYTES,
    ORDER_PAID,
    orderTable,
    packOrder,
    type CompactOrderFlags,
} from "../../../../../src/compact-order-flags"
import { listGet, listPush, packedList } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => packedList(capacity, ORDER_BYTES),
    (orders, i) => {
        listPush(orders, packOrder(i, 5, 7, ORDER_PAID))
        orderTable(listGet(orders, i) as CompactOrderFlags)
    },
)
