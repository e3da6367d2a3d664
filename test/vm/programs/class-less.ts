import {
    freeGive,
    freeMap,
    freeStats,
    freeTake,
    FREE_START,
    type FreeMap,
} from "../../../src/free-map"
import { packedRing, ringGet, ringLength, ringOverwrite, ringStats } from "../../../src/packed-ring"
import {
    packedUnion,
    unionLarge,
    unionLength,
    unionPayload,
    unionPop,
    unionPush,
    unionPushLarge,
    unionSet,
    unionStats,
    unionTag,
} from "../../../src/packed-union"
import {
    symbolDedupeRatio,
    symbolIntern,
    symbolStats,
    symbolTable,
    symbolText,
} from "../../../src/symbol-table"

let seed = 7
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

function fails(what: () => unknown): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}

function lend(map: FreeMap): string {
    let said = ""
    for (let i = 0; i < 40; i++) {
        const slot = random(5)
        if (random(3) > 0) said += `${freeTake(map, random(2))} `
        else if (map[FREE_START + slot] === 1) freeGive(map, slot)
        const at = map.indexOf(0, FREE_START)
        if (at >= 0 && random(4) === 0) map[at] = 1
    }
    return said
}

const map = freeMap(5)
console.log(lend(map))
const lent = freeStats(map)
console.log(lent.capacity, lent.length, lent.highWaterMark, lent.refused)
freeGive(map, 0)
fails(() => freeGive(map, 0))
fails(() => freeTake(map, 5))
fails(() => freeMap(0))
fails(() => freeMap(57329))

for (const width of [1, 2, 3, 4]) {
    const ring = packedRing(5, width)
    for (let i = 0; i < 12; i++) ringOverwrite(ring, random(256 ** width))
    let sum = 0
    for (let i = 0; i < ringLength(ring); i++) sum = (sum * 31 + ringGet(ring, i)) | 0
    const { length, highWaterMark, refused } = ringStats(ring)
    console.log(width, sum, length, highWaterMark, refused, ring.toString("hex"))
}

const union = packedUnion(6, 2)
const side = new Array<string>(2)
for (let i = 0; i < 30; i++) {
    const op = random(6)
    if (op < 3) {
        const start = unionPush(union, random(128))
        if (start !== undefined) union[start] = i
    } else if (op === 3) unionPushLarge(union, side, random(128), `text ${i}`)
    else if (op === 4) unionPop(union, side)
    else if (unionLength(union) > 0) unionSet(union, side, random(unionLength(union)), 9)
}
for (let i = 0; i < unionLength(union); i++)
    console.log(unionTag(union, i), `${unionPayload(union, i)} ${unionLarge(union, side, i)}`)
const kept = unionStats(union)
console.log(kept.capacity, kept.length, kept.highWaterMark, kept.refused)
fails(() => unionTag(union, 6))
fails(() => unionPush(union, 128))

const table = symbolTable(4)
const dishes = ["Soup", "Café", "Bread", "Soup", "Fish", "Wine", "Café", "Tea"]
for (const dish of dishes) console.log(`${symbolIntern(table, dish)}`)
const symbols = symbolStats(table)
console.log(symbols.length, symbols.refused, symbols.total, symbols.hits, symbols.savedBytes)
console.log(symbolText(table, 1), symbolDedupeRatio(table))
fails(() => symbolText(table, 4))
