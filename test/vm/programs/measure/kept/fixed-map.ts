import { FixedMap } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new FixedMap(capacity, 2, 2),
    (map, i) => {
        map.set(i, 2 * i)
        map.get(i)
    },
)
