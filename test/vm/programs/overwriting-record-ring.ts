import { AT, readField, U16, U8, writeField } from "../../../src/byte-fields"
import { OverwritingRecordRing } from "../../../src/overwriting-record-ring"

const ID = U16
const TABLE = U8 + 2 * AT

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

const ring = new OverwritingRecordRing(5, 3)
let sum = 0
function add(start: number): void {
    let value = -1
    if (start !== undefined)
        value = readField(ring.buffer, start, ID) * 32 + readField(ring.buffer, start, TABLE)
    sum = (sum * 31 + value) | 0
}

for (let i = 0; i < 80; i++) {
    const op = random(8)
    if (op < 4) {
        const start = ring.push()
        if (start !== undefined) {
            writeField(ring.buffer, start, ID, random(65536))
            writeField(ring.buffer, start, TABLE, random(32))
        }
        add(start)
    } else if (op < 6) add(ring.shift() ? 1 : 0)
    else if (op < 7) add(ring.peek())
    else if (ring.length > 0) add(ring.start(random(ring.length)))
}
const stats = ring.stats()
console.log(`sum ${sum}, length ${stats.length} of ${stats.capacity}`)
console.log(
    `most ${stats.highWaterMark}, overwritten ${stats.overwritten}, free ${ring.available()}`,
)
console.log(ring.buffer.toString("hex"), ring.isFull())
ring.clear()
console.log(`empty ${ring.isEmpty()}, kept ${ring.capacity} ${ring.highWaterMark}`)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => new OverwritingRecordRing(0, 3))
fails(() => new OverwritingRecordRing(20000, 3))
fails(() => new OverwritingRecordRing(10, 0))
fails(() => new OverwritingRecordRing(1, 60000))
fails(() => ring.start(0))
