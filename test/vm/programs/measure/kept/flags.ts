import { flags8, hasFlag, withFlag } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new Array<number>(capacity),
    (all, i) => {
        all[i] = withFlag(flags8(i & 127), 128)
        hasFlag(all[i] as number, 128)
    },
)
