import { FixedVector } from "../../../src/fixed-vector"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

let sum = 0
function add(value: number | undefined): void {
    sum = (sum * 31 + (value === undefined ? 7 : value)) | 0
}

for (let width = 1; width <= 4; width++) {
    const vector = new FixedVector(6, width)
    for (let i = 0; i < 40; i++) {
        const op = random(10)
        const length = vector.length
        if (op < 3) add(vector.push(random(256 ** width)) ? 1 : 0)
        else if (op < 5) add(vector.insert(random(length + 1), random(256 ** width)) ? 1 : 0)
        else if (op < 6) add(vector.pop())
        else if (length > 0 && op < 7) add(vector.remove(random(length)))
        else if (length > 0 && op < 8) add(vector.swapRemove(random(length)))
        else if (length > 0 && op < 9) vector.set(random(length), random(256 ** width))
        else add(vector.indexOf(random(256)))
        if (vector.length > 0) add(vector.get(random(vector.length)))
    }
    const stats = vector.stats()
    console.log(`width ${width}: sum ${sum}, length ${stats.length} of ${stats.capacity}`)
    console.log(`most ${stats.highWaterMark}, refused ${stats.refused}, free ${vector.available()}`)
    vector.truncate(1)
    vector.push(256 ** width - 1)
    console.log(`last ${vector.get(vector.length - 1)}, full ${vector.isFull()}`)
    vector.clear()
    console.log(`empty ${vector.isEmpty()}, kept ${vector.capacity} ${vector.highWaterMark}`)
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
fails(() => new FixedVector(0, 3))
fails(() => new FixedVector(20000, 3))
fails(() => new FixedVector(10, 0))
fails(() => new FixedVector(10, 3).push(16777216))
fails(() => new FixedVector(10, 3).get(0))
fails(() => new FixedVector(10, 3).insert(1, 5))
fails(() => new FixedVector(10, 3).truncate(-1))
