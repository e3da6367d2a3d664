import { describe, expect, test } from "vitest"
import { textBytes } from "../../../../host/model/heap/object-sizes"
import { TextLog } from "../../../../host/analysis/advice/text-log"
import type { Concatenation } from "../../../../host/analysis/advice/texts"

/** Statements of ten pcs each. */
const isOneStatement = (pc: number, other: number) => Math.floor(pc / 10) === Math.floor(other / 10)

/** As good as the texts of these tests need it. */
const hash = (text: string) => [...text].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 0)
const bytesOf = (...lengths: number[]) => lengths.reduce((sum, n) => sum + textBytes(n), 0)

/** A log, and what puts texts into it: the address of each is returned. */
function makeLog() {
    const log = new TextLog(isOneStatement, textBytes)
    let last = 0
    const add = (
        text: string,
        pc: number,
        plus?: Concatenation,
        { functionStart = 1, frame = 100, call = 1 } = {},
    ) => {
        const address = (last += 64)
        const { length } = text
        const bytes = textBytes(length)
        log.add({ address, bytes, length, functionStart, pc, frame, call, plus }, () => hash(text))
        return address
    }
    const sum = (text: string, pc: number, left: number, right: number, at = {}) =>
        add(text, pc, { left, right }, at)
    return { log, add, sum, facts: () => log.byFunction.get(1)! }
}

describe("TextLog", () => {
    test("the sums of a statement are steps to its last one, and so are its numbers", () => {
        const { add, sum, facts } = makeLog()
        const first = sum("a 4", 10, 0, add("4", 10, "conversion"))
        const second = sum("a 4 b ", 12, first, 0)
        sum("a 4 b 5", 14, second, add("5", 14, "conversion"))
        expect(facts()).toMatchObject({ steps: 4, appends: 0, pads: 0 })
        expect(facts().stepBytes).toBe(bytesOf(1, 3, 6, 1))
    })

    test("what a function was given or has called for is no step", () => {
        const { log, add, sum } = makeLog()
        const given = add("soup", 50, undefined, { functionStart: 40 })
        const made = sum("4.50", 55, given, 0, { functionStart: 50, frame: 200 })
        sum("soup 4.50", 10, given, made)
        for (const facts of log.byFunction.values())
            expect(facts).toMatchObject({ steps: 0, appends: 0 })
        expect(log.byFunction.get(50)).toMatchObject({ steps: 0, appends: 0, paddedBytes: 0 })
    })

    test("a sum that a later statement or call goes on from was appended to", () => {
        const { add, sum, facts } = makeLog()
        const piece = () => add("bread\n", 60, undefined, { functionStart: 50 })
        const first = sum("soup\nbread\n", 10, 0, piece())
        const second = sum("soup\nbread\nbread\n", 20, first, piece())
        sum("soup\nbread\nbread\nbread\n", 20, second, piece(), { call: 2 })
        expect(facts()).toMatchObject({ steps: 0, appends: 2, ends: 1 })
        expect(facts().appendedBytes).toBe(bytesOf(11, 17))
        expect(facts().endBytes).toBe(textBytes(23))
    })

    test("a sum that takes the program's own characters again and again pads", () => {
        const { log, add, sum, facts } = makeLog()
        let text = add("soup", 60, undefined, { functionStart: 50 })
        for (let length = 5; length <= 9; length++) text = sum("soup".padEnd(length), 10, text, 0)
        expect(facts()).toMatchObject({ pads: 1, steps: 0, appends: 0 })
        expect(facts().padBytes).toBe(bytesOf(5, 6, 7, 8))
        expect(facts().paddingBytes).toBe(textBytes(5))
        sum("soup     4.50", 20, text, 0)
        expect(facts().paddedBytes).toBe(textBytes(9))
        expect(log.bySite.get(10)).toMatchObject({ sums: 5, pads: true })
        expect(log.bySite.get(20)).toMatchObject({ sums: 1, pads: false })
    })

    test("a text that grows from call to call is appended to, not padded", () => {
        const { sum, facts } = makeLog()
        let text = 0
        for (let call = 1; call <= 4; call++) text = sum("x".repeat(call), 10, text, 0, { call })
        expect(facts()).toMatchObject({ pads: 0, appends: 3, ends: 1 })
    })

    test("counts the different texts of a place, until there are too many", () => {
        const { log, add } = makeLog()
        for (const text of ["a", "b", "a"]) add(text, 10)
        expect(log.bySite.get(10)).toMatchObject({ texts: 3, functionStart: 1 })
        expect([...log.bySite.get(10)!.different!]).toEqual([hash("a"), hash("b")])
        for (let i = 0; i < 600; i++) add(`${i}`, 20)
        expect(log.bySite.get(20)!.different).toBeUndefined()
    })
})
