import { freeMap, FREE_START, U16, U24, U8, writeField, AT } from "../../../../../src/index"
import { keepEachSize } from "../keep"

const RECORD_BYTES = 6
const ID = U24
const TABLE = U8 + 3 * AT
const PRICE = U16 + 4 * AT

await keepEachSize(
    capacity => ({ out: freeMap(capacity), records: Buffer.alloc(capacity * RECORD_BYTES) }),
    ({ out, records }, i) => {
        const at = out.indexOf(0, FREE_START)
        out[at] = 1
        const start = (at - FREE_START) * RECORD_BYTES
        writeField(records, start, ID, i)
        writeField(records, start, TABLE, 7)
        writeField(records, start, PRICE, 1250)
    },
)
