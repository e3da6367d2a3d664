import { BlockPool } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new BlockPool(capacity),
    pool => {
        pool.allocate(64)
    },
)
