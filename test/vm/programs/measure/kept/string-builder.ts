import { StringBuilder } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new StringBuilder(capacity),
    (builder, i) => {
        builder.integer(i % 10)
    },
)
