import { BlockPool } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new BlockPool(capacity, [64]),
    pool => {
        pool.allocate(64)
    },
)
