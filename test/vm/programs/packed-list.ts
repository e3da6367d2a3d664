import {
    listGet,
    listAvailable,
    listCapacity,
    listClear,
    listLength,
    listPop,
    listPush,
    listSet,
    listStats,
    listSwapRemove,
    packedList,
} from "../../../src/packed-list"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

let sum = 0
function add(value: number | undefined): void {
    sum = (sum * 31 + (value === undefined ? 7 : value)) | 0
}

function run(bytes: number): void {
    const list = packedList(8, bytes)
    for (let i = 0; i < 25; i++) {
        const op = random(8)
        const value = random(256 ** bytes)
        if (op < 5 || listLength(list) === 0) add(listPush(list, value) ? 1 : 0)
        else if (op === 5) add(listPop(list))
        else if (op === 6) add(listSwapRemove(list, random(listLength(list))))
        else listSet(list, random(listLength(list)), value)
    }
    for (let i = 0; i < listLength(list); i++) add(listGet(list, i))
    const stats = listStats(list)
    console.log(`${bytes} bytes: sum ${sum}, buffer ${list.length}`)
    console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)
    listClear(list)
    console.log(
        listLength(list),
        listAvailable(list),
        listCapacity(list),
        listPop(list) === undefined,
    )
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

for (const bytes of [1, 2, 3, 4]) run(bytes)

const list = packedList(2, 3)
listPush(list, 5)
fails(() => listPush(list, 16777216))
fails(() => listPush(list, -1))
fails(() => listSet(list, 0, 0.5))
fails(() => listGet(list, 1))
fails(() => listPush(list, "1" as unknown as number))
fails(() => packedList(0, 3))
fails(() => packedList(19109, 3))
fails(() => packedList(1, 5))
