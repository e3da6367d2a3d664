import { OverwritingRingBuffer } from "../../../src/overwriting-ring-buffer"

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
    const ring = new OverwritingRingBuffer(5, width)
    for (let i = 0; i < 60; i++) {
        const op = random(8)
        if (op < 4) ring.push(random(256 ** width))
        else if (op < 6) add(ring.shift())
        else if (op < 7) add(ring.peek())
        else if (ring.length > 0) add(ring.get(ring.length - 1))
    }
    const stats = ring.stats()
    console.log(`width ${width}: sum ${sum}, length ${stats.length} of ${stats.capacity}`)
    console.log(
        `most ${stats.highWaterMark}, overwritten ${stats.overwritten}, free ${ring.available()}`,
    )
    ring.push(256 ** width - 1)
    console.log(`last ${ring.get(ring.length - 1)}, full ${ring.isFull()}`)
    ring.clear()
    console.log(`empty ${ring.isEmpty()}, kept ${ring.capacity} ${ring.highWaterMark}`)
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
fails(() => new OverwritingRingBuffer(0, 3))
fails(() => new OverwritingRingBuffer(-1, 3))
fails(() => new OverwritingRingBuffer(1.5, 3))
fails(() => new OverwritingRingBuffer(20000, 3))
fails(() => new OverwritingRingBuffer(10, 5))
fails(() => new OverwritingRingBuffer("10" as unknown as number, 3))
fails(() => new OverwritingRingBuffer(10, 3).push(16777216))
fails(() => new OverwritingRingBuffer(10, 3).push(-1))
fails(() => new OverwritingRingBuffer(10, 3).push(0.5))
fails(() => new OverwritingRingBuffer(10, 4).push(4294967296))
fails(() => new OverwritingRingBuffer(10, 3).get(0))
