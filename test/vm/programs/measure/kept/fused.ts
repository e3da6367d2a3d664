import { Fused } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    () => new Fused<number>().filter(i => i >= 0).map(i => 2 * i),
    (pipeline, i) => {
        if (i === 0) pipeline.sum(10)
    },
)
