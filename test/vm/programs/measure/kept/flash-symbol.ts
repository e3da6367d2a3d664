import { flashSymbol, listPush, packedList } from "../../../../../src/index"
import { keepEachSize } from "../keep"

const DISHES = "dish 0|dish 1|dish 2|dish 3|dish 4|dish 5|dish 6|dish 7|dish 8|dish 9"

await keepEachSize(
    capacity => packedList(capacity, 1),
    (symbols, i) => {
        listPush(symbols, flashSymbol(DISHES, `dish ${i % 10}`))
    },
)
