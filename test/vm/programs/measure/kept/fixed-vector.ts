import { FixedVector } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new FixedVector(capacity, 3),
    (vector, i) => {
        vector.push(i)
        vector.get(i)
    },
)
