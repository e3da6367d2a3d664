import { listGet, listPush, packedList } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => packedList(capacity, 3),
    (list, i) => {
        listPush(list, i)
        listGet(list, i)
    },
)
