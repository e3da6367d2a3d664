import { readField, U16, writeField } from "../../../src/byte-fields"
import { TaggedUnionArray } from "../../../src/tagged-union"

const CANCELLED = 9

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}

const union = new TaggedUnionArray<string>(5, 2, 2)

function show(): void {
    let text = `${union.length}/${union.availableLarge()}/${union.refused}:`
    for (let i = 0; i < union.length; i++) {
        const payload = union.payload(i)
        if (payload === undefined) text += ` ${union.tag(i)}=${union.large(i)}`
        else text += ` ${union.tag(i)}=${readField(union.buffer, payload, U16)}`
    }
    console.log(text)
}

for (let i = 0; i < 60; i++) {
    const op = random(9)
    if (op < 3 || union.length === 0) {
        const payload = union.push(random(4))
        if (payload !== undefined) writeField(union.buffer, payload, U16, random(65536))
    } else if (op < 5) union.pushLarge(CANCELLED, `reason ${i}`)
    else if (op === 5) union.swapRemove(random(union.length))
    else if (op === 6) union.pop()
    else if (op === 7) union.setLarge(random(union.length), CANCELLED, `change ${i}`)
    else writeField(union.buffer, union.set(random(union.length), 3), U16, i)
    show()
}
union.clear()
show()
const stats = union.stats()
console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)
console.log(union.isEmpty(), union.isFull(), union.available())

fails(() => union.push(128))
fails(() => union.pushLarge(0, undefined as unknown as string))
fails(() => union.tag(0))
fails(() => union.set(0, 1))
fails(() => new TaggedUnionArray(0, 2, 1))
fails(() => new TaggedUnionArray(1, 0, 1))
fails(() => new TaggedUnionArray(1, 1, 257))
