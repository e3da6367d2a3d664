import { AT, I16, readField, U16, U24, U8, writeField } from "../../../src/byte-fields"
import { RecordArray } from "../../../src/record-array"
import { StructOfArrays } from "../../../src/struct-of-arrays"

const ID = U24
const TABLE = U8 + 3 * AT
const BALANCE = I16 + 4 * AT
const FIELDS = [ID, TABLE, BALANCE]
const RECORD_BYTES = 6

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

let sum = 0
function add(value: number): void {
    sum = (sum * 31 + value) | 0
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

function rows(): void {
    const records = new RecordArray(8, RECORD_BYTES)
    for (let i = 0; i < 60; i++) {
        const op = random(9)
        if (op < 4 || records.length < 2) {
            const start = records.push()
            add(start)
            if (start !== undefined) {
                writeField(records.buffer, start, ID, random(256 ** 3))
                writeField(records.buffer, start, TABLE, random(4))
                writeField(records.buffer, start, BALANCE, random(65536) - 32768)
            }
        } else if (op === 4) add(records.pop() ? 1 : 0)
        else if (op === 5) records.remove(random(records.length))
        else if (op === 6) records.swapRemove(random(records.length))
        else if (op === 7) records.move(random(records.length), random(records.length))
        else records.set(random(records.length), BALANCE, -random(100))
        add(records.length)
    }
    records.forEach((start, index) => {
        add(readField(records.buffer, start, ID))
        add(records.get(index, TABLE))
        add(records.get(index, BALANCE))
    })
    console.log(`rows: ${sum}, length ${records.length}, ids ${records.sum(ID)}`)
    console.log(records.sum(BALANCE), records.indexOf(TABLE, 2), records.indexOf(TABLE, 2, 3))
    records.sortBy(BALANCE)
    records.forEach((_start, index) => {
        console.log(records.get(index, ID), records.get(index, TABLE), records.get(index, BALANCE))
    })
    records.truncate(1)
    const stats = records.stats()
    console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)
    console.log(records.isEmpty(), records.isFull(), records.available())

    fails(() => records.get(1, ID))
    fails(() => records.get(0.5, ID))
    fails(() => records.set(0, TABLE, 256))
    fails(() => records.get(0, U16 + 5 * AT))
    fails(() => records.start(-1))
    fails(() => new RecordArray(0, 4))
    fails(() => new RecordArray(14334, 4))
    setTimeout(columns, 1)
}

function columns(): void {
    const records = new StructOfArrays(8, RECORD_BYTES)
    for (let i = 0; i < 60; i++) {
        const op = random(7)
        if (op < 4 || records.length < 2) {
            const index = records.push()
            add(index)
            if (index !== undefined) {
                records.set(index, ID, random(256 ** 3))
                records.set(index, TABLE, random(4))
                records.set(index, BALANCE, random(65536) - 32768)
            }
        } else if (op === 4) add(records.pop() ? 1 : 0)
        else if (op === 5) records.swapRemove(random(records.length), FIELDS)
        else records.set(random(records.length), BALANCE, -random(100))
        add(records.length)
    }
    console.log(`columns: ${sum}, length ${records.length}, ids ${records.sum(ID)}`)
    console.log(records.sum(BALANCE), records.indexOf(TABLE, 2), records.indexOf(TABLE, 2, 3))
    for (let index = 0; index < records.length; index++)
        console.log(records.get(index, ID), records.get(index, TABLE), records.get(index, BALANCE))
    records.fill(TABLE, 3)
    console.log(records.column(TABLE), records.buffer[records.column(TABLE)], records.sum(TABLE))
    records.truncate(1)
    const stats = records.stats()
    console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)
    console.log(records.isEmpty(), records.isFull(), records.available())

    fails(() => records.get(1, ID))
    fails(() => records.set(0, BALANCE, 32768))
    fails(() => records.get(0, U16 + 5 * AT))
    fails(() => records.swapRemove(-1, FIELDS))
    fails(() => new StructOfArrays(1, 0))
}

rows()
