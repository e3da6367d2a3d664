import { PackedArray } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new PackedArray(capacity, 24),
    (array, i) => {
        array.push(i)
        array.get(i)
    },
)
