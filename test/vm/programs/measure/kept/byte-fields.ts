import { AT, readField, U16, U24, U8, writeField } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => Buffer.alloc(6 * capacity),
    (records, i) => {
        writeField(records, 6 * i, U24, i)
        writeField(records, 6 * i, U8 + 3 * AT, 7)
        writeField(records, 6 * i, U16 + 4 * AT, 1250)
        readField(records, 6 * i, U24)
    },
)
