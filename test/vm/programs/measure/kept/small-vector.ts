import { EMPTY_SMALL_VECTOR, smallGet, smallPush, type SmallVector } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new Array<SmallVector>(capacity),
    (lists, i) => {
        let list: SmallVector = EMPTY_SMALL_VECTOR
        for (let dish = 0; dish < 4; dish++) list = smallPush(list, dish)
        lists[i] = list
        smallGet(list, 0)
    },
)
