import { OverwritingRingBuffer } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new OverwritingRingBuffer(capacity, 3),
    (ring, i) => {
        ring.push(i)
        if (i < 0) ring.shift()
    },
)
