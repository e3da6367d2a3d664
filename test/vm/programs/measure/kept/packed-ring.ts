import { packedRing, ringPush, ringShift } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => packedRing(capacity, 3),
    (ring, i) => {
        ringPush(ring, i)
        if (i < 0) ringShift(ring)
    },
)
