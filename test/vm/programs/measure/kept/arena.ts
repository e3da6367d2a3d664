import { Arena } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new Arena(12 * capacity),
    arena => {
        arena.buffer[arena.allocate(12) as number] = 7
    },
)
