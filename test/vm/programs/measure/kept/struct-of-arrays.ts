import { AT, StructOfArrays, U16, U24, U8 } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new StructOfArrays(capacity, 6),
    (records, i) => {
        records.push()
        records.set(i, U24, i)
        records.set(i, U8 + 3 * AT, 7)
        records.set(i, U16 + 4 * AT, 1250)
        records.get(i, U24)
    },
)
