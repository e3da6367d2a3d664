import { FixedMap } from "../../../src/fixed-map"

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
    const map = new FixedMap(6, width, 5 - width)
    const step = width === 1 ? 1 : 97
    for (let i = 0; i < 45; i++) {
        const op = random(10)
        const key = random(10) * step
        if (op < 5) add(map.set(key, random(256 ** (5 - width))) ? 1 : 0)
        else if (op < 7) add(map.get(key))
        else if (op < 8) add(map.has(key) ? 1 : 0)
        else add(map.delete(key) ? 1 : 0)
    }
    map.forEach((value, key) => add(value + key))
    const stats = map.stats()
    console.log(`keys of ${width}: sum ${sum}, length ${stats.length} of ${stats.capacity}`)
    console.log(`most ${stats.highWaterMark}, refused ${stats.refused}, free ${map.available()}`)
    map.clear()
    map.set(256 ** width - 2, 256 ** (5 - width) - 1)
    console.log(`last ${map.get(256 ** width - 2)}, full ${map.isFull()}, empty ${map.isEmpty()}`)
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
const map = new FixedMap(4, 2, 1)
fails(() => new FixedMap(0, 2, 1))
fails(() => new FixedMap(20000, 2, 1))
fails(() => new FixedMap(4, 0, 1))
fails(() => new FixedMap(4, 2, 5))
fails(() => map.set(65535, 1))
fails(() => map.set(1, 256))
fails(() => map.get(-1))
fails(() => map.delete(0.5))

// As many as one turn's steps can visit: looking each key up again would take too many.
const many = new FixedMap(500, 4, 3)
const visit = () => {
    let keys = 0
    let values = 0
    many.forEach((value, key) => {
        keys += key
        values += value
    })
    console.log(`${many.length} keys, together ${keys}, with ${values}`)
}
const fill = () => {
    const to = many.length + 100
    for (let key = many.length; key < to; key++) many.set(key * 40503, key)
    setTimeout(to < 500 ? fill : visit, 10)
}
fill()
