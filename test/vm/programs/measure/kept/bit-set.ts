import { BitSet } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new BitSet(capacity),
    (set, i) => {
        set.add(i)
        set.has(i)
    },
)
