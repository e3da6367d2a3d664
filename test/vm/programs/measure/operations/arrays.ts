import {
    PackedArray,
    readPacked,
    writePacked,
    type Appendable,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const nowhere: Appendable = { push: value => value }
const isEven = (value: number) => (value & 1) === 0
const isNumber = (value: number) => value >= 0
const twice = (value: number) => 2 * value
const add = (sum: number, value: number) => sum + value

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

function arrayOf(bits: number): PackedArray {
    const array = new PackedArray(6, bits)
    for (let i = 1; i < 5; i++) array.push(i)
    return array
}

const four = [1, 2, 3, 4]
const array = arrayOf(24)
await operate(
    "PackedArray",
    [
        ["push", () => array.push(29)],
        ["insert", () => array.insert(1, 30)],
        ["push, refused", () => array.push(30)],
        ["get", () => array.get(1)],
        ["newest", () => array.newest()],
        ["set", () => array.set(1, 30)],
        ["move", () => array.move(1, 2)],
        ["indexOf", () => array.indexOf(29)],
        ["lastIndexOf", () => array.lastIndexOf(1)],
        ["includes", () => array.includes(29)],
        ["forEach", () => array.forEach(twice)],
        ["some", () => array.some(isEven)],
        ["every", () => array.every(isNumber)],
        ["find", () => array.find(isEven)],
        ["findIndex", () => array.findIndex(isEven)],
        ["reduce", () => array.reduce(add, 0)],
        ["mapInto", () => array.mapInto(nowhere, twice)],
        ["filterInto", () => array.filterInto(nowhere, isEven)],
        ["sliceInto", () => array.sliceInto(nowhere)],
        ["reverse", () => array.reverse()],
        ["sort", () => array.sort()],
        ["copyWithin", () => array.copyWithin(0, 1, 3)],
        ["remove", () => array.remove(1)],
        ["swapRemove", () => array.swapRemove(1)],
        ["pop", () => array.pop()],
        ["available", () => array.available()],
        ["isEmpty", () => array.isEmpty()],
        ["isFull", () => array.isFull()],
        ["stats", () => array.stats(stats)],
        ["truncate", () => array.truncate(2)],
        ["fill", () => array.fill(7)],
        ["clear", () => array.clear()],
        ["resize", () => array.resize(2)],
        ["clear", () => array.clear()],
        ["pushAll", () => array.pushAll(four)],
    ],
    [["stats", () => array.stats()]],
)

const odd = arrayOf(5)
await operate("PackedArray of 5 bits", [
    ["push", () => odd.push(29)],
    ["insert", () => odd.insert(1, 30)],
    ["get", () => odd.get(1)],
    ["set", () => odd.set(1, 30)],
    ["move", () => odd.move(1, 2)],
    ["indexOf", () => odd.indexOf(29)],
    ["sort", () => odd.sort()],
    ["reverse", () => odd.reverse()],
    ["remove", () => odd.remove(1)],
    ["swapRemove", () => odd.swapRemove(1)],
])

const bytes = Buffer.alloc(10)
await operate("packed bits", [
    ["readPacked", () => readPacked(bytes, 3, 5)],
    ["writePacked", () => writePacked(bytes, 3, 5, 29)],
])
