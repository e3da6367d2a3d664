import fc from "fast-check"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { UserError } from "../../../host/base/errors"
import { findConstant, findOnset, valuesBetween, withValue } from "../../../host/tasks/sweep"

const folder = mkdtempSync(join(tmpdir(), "heapscope-sweep-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
}

describe("a named constant", () => {
    const data = file("data.ts", "export const DISHES = 1_500 // how many\n")
    const entry = file("main.ts", 'import { DISHES } from "./data"\nconst ORDERS: number = 20;\n')

    test("is found in the program and in what it imports", () => {
        expect(findConstant(entry, "ORDERS")).toEqual({ name: "ORDERS", path: entry, value: 20 })
        expect(findConstant(entry, "DISHES")).toEqual({ name: "DISHES", path: data, value: 1500 })
    })

    test.each(["NONE", "ORD", "ORDERS.*", "(", ""])("%j is none", name => {
        expect(() => findConstant(entry, name)).toThrow(UserError)
        expect(() => findConstant(entry, name)).toThrow(/has no line "const .*= <number>"/)
    })

    test("gets another value, and nothing else changes", () => {
        expect(withValue("const A = 1\nconst N = 20 // of A\nuse(N)", "N", 7)).toBe(
            "const A = 1\nconst N = 7 // of A\nuse(N)",
        )
        for (const text of ["const N = 20 * 2", "    const N = 20", "let N = 20", "const NN = 20"])
            expect(withValue(text, "N", 7)).toBe(text)
    })
})

test("values go from one end to the other, ascending, none twice", () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 5000 }))
    fc.assert(
        fc.property(range, fc.integer({ min: 2, max: 12 }), ([from, more], count) => {
            const values = valuesBetween(from, from + more, count)
            expect(values[0]).toBe(from)
            expect(values.at(-1)).toBe(from + more)
            expect(values).toEqual([...new Set(values)].sort((a, b) => a - b))
            expect(values.length).toBeLessThanOrEqual(count)
        }),
    )
})

test("an onset is found to 2 %, wherever it is", async () => {
    const values = valuesBetween(3, 3000, 7)
    await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 4000 }), async first => {
            const isBad = (value: number) => value >= first
            const tried = values.map(value => ({ value, isBad: isBad(value) }))
            const onset = await findOnset(tried, value => Promise.resolve(isBad(value)), 0.02)
            expect(onset === undefined).toBe(first > 3000)
            if (onset === undefined) return
            const { firstBad, lastGood } = onset
            expect(isBad(firstBad)).toBe(true)
            expect(lastGood === undefined).toBe(first <= 3)
            if (lastGood === undefined) return
            expect(isBad(lastGood)).toBe(false)
            expect(firstBad - lastGood).toBeLessThanOrEqual(Math.max(1, 0.02 * lastGood))
        }),
    )
})
