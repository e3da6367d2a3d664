import { AT, RecordRing, readField, U16, U24, U8, writeField } from "../../../../../src/index"
import { keepEachSize } from "../keep"

await keepEachSize(
    capacity => new RecordRing(capacity, 6),
    (records, i) => {
        const start = records.push()
        writeField(records.buffer, start, U24, i)
        writeField(records.buffer, start, U8 + 3 * AT, 7)
        writeField(records.buffer, start, U16 + 4 * AT, 1250)
        readField(records.buffer, records.start(i), U24)
    },
)
