import { ResultCache } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new ResultCache<number>(capacity),
    (cache, i) => {
        cache.set(i, 2 * i)
        cache.get(i)
    },
)
