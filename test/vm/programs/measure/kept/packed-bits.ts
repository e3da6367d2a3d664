import { readPacked, writePacked } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => Buffer.alloc(Math.ceil((5 * capacity) / 8)),
    (bytes, i) => {
        writePacked(bytes, i, 5, i & 31)
        readPacked(bytes, i, 5)
    },
)
