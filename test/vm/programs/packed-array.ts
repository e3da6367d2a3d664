import { PackedArray } from "../../../src/packed-array"
import { readPacked, writePacked } from "../../../src/packed-bits"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

let sum = 0
function add(value: number | undefined): void {
    sum = (sum * 31 + (value === undefined ? 7 : value)) | 0
}

function addAll(array: PackedArray): void {
    array.forEach(add)
}

/** One operation of those that change the array, with its result in the sum. */
function change(array: PackedArray): void {
    const value = random(2 ** array.bits)
    const op = random(10)
    if (op < 4 || array.length < 2) add(array.push(value) ? 1 : 0)
    else if (op === 4) add(array.pop())
    else if (op === 5) add(array.insert(random(array.length), value) ? 1 : 0)
    else if (op === 6) add(array.remove(random(array.length)))
    else if (op === 7) add(array.swapRemove(random(array.length)))
    else if (op === 8) array.set(random(array.length), value)
    else array.move(random(array.length), random(array.length))
}

function run(bits: number): void {
    const array = new PackedArray(9, bits)
    for (let i = 0; i < 25; i++) change(array)
    addAll(array)
    array.sort()
    addAll(array)
    array.sort((a, b) => (b & 3) - (a & 3))
    addAll(array)
    array.reverse()
    array.copyWithin(1, 0, array.length - 1)
    array.copyWithin(0, 1, array.length)
    array.fill(1, 1, 2)
    addAll(array)
    const last = array.get(array.length - 1)
    add(array.indexOf(last))
    add(array.indexOf(last, 1))
    fails(() => array.indexOf(-1))
    add(array.lastIndexOf(1))
    add(array.includes(1) ? 1 : 0)
    console.log(`${bits} bits: sum ${sum}, length ${array.length}, most ${array.highWaterMark}`)
}

function fold(): void {
    const array = new PackedArray(9, 16)
    for (let i = 0; i < 10; i++) array.push(random(65536))
    const even = (value: number) => value % 2 === 0
    const plain: number[] = []
    array.mapInto(plain, (value, index) => value - index)
    array.filterInto(plain, even)
    array.sliceInto(plain, 2, 4)
    console.log(plain.join(" "))
    console.log(array.some(even), array.every(even), array.find(even), array.findIndex(even))
    console.log(array.reduce((total, value) => total + value, 0))
    array.truncate(3)
    console.log(array.isEmpty(), array.isFull(), array.available())
    const stats = array.stats()
    console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)
    array.clear()
    console.log(array.pop() === undefined, array.isEmpty(), array.highWaterMark)
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

// One width at a time: a board stops a program that takes too many steps without a pause.
const WIDTHS = [1, 3, 5, 8, 12, 16, 24, 31, 32]
function runAll(next: number): void {
    const bits = WIDTHS[next]
    if (bits === undefined) return rest()
    run(bits)
    setTimeout(() => runAll(next + 1), 1)
}

function rest(): void {
    fold()
    const bytes = Buffer.alloc(7)
    for (let i = 0; i < 4; i++) writePacked(bytes, i, 13, 8191 - i)
    console.log(bytes.toString("hex"), readPacked(bytes, 3, 13), readPacked(bytes, 0, 32))
    fails(() => writePacked(bytes, 0, 13, 8192))
    fails(() => readPacked(bytes, 4, 13))
    fails(() => readPacked(bytes, -1, 13))
    fails(() => readPacked(bytes, 0.5, 13))

    const orders = new PackedArray(2, 24)
    orders.push(16777215)
    fails(() => new PackedArray(0, 8))
    fails(() => new PackedArray(19111, 24))
    fails(() => new PackedArray(1, 33))
    fails(() => new PackedArray("1" as unknown as number, 8))
    fails(() => orders.push(16777216))
    fails(() => orders.push(-1))
    fails(() => orders.push(0.5))
    fails(() => orders.push("1" as unknown as number))
    fails(() => orders.get(1))
    fails(() => orders.get(-1))
    fails(() => orders.set(0.5, 0))
    fails(() => orders.insert(2, 0))
    fails(() => new PackedArray(1, 32).push(4294967296))
    fails(() => new PackedArray(1, 5).push(32))
    console.log(orders.get(0), orders.length)
}

runAll(0)
