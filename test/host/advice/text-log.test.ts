import { describe, expect, test } from "vitest"
import { TextLog } from "../../../host/advice/text-log"

const BYTES = 20

/** Logs texts, each with the function that makes it. */
function log(...texts: [text: string, functionStart: number][]): TextLog {
    const log = new TextLog()
    for (const [text, functionStart] of texts) log.add(text, BYTES, functionStart, functionStart)
    return log
}

describe("TextLog", () => {
    test("a text that begins or ends the next one was a step", () => {
        const facts = log(["4", 1], ["4.", 1], ["4.05", 1], ["$4.05", 1]).byFunction.get(1)!
        expect(facts).toMatchObject({ texts: 4, steps: 3, stepBytes: 3 * BYTES, appends: 0 })
    })

    test("a text that a later one of its function goes on from was appended to", () => {
        const { byFunction } = log(
            ["soup\n", 1],
            ["bread\n", 2],
            ["soup\nbread\n", 1],
            ["wine\n", 2],
            ["soup\nbread\nwine\n", 1],
        )
        expect(byFunction.get(1)).toMatchObject({ steps: 0, appends: 2, ends: 1 })
        expect(byFunction.get(1)).toMatchObject({ appendedBytes: 2 * BYTES, endBytes: BYTES })
        // The pieces are needed either way.
        expect(byFunction.get(2)).toMatchObject({ texts: 2, steps: 0, appends: 0 })
    })

    test("texts that have nothing to do with each other are neither", () => {
        const facts = log(["soup", 1], ["bread", 1], ["soup", 1], ["soup", 1]).byFunction.get(1)!
        expect(facts).toMatchObject({ texts: 4, steps: 0, appends: 0 })
    })

    test("blanks of different lengths are no steps", () => {
        const facts = log([" ", 1], ["   ", 1], ["     ", 1]).byFunction.get(1)!
        expect(facts).toMatchObject({ steps: 0, appends: 0 })
    })

    test("counts how often each text was made at a place, until there are too many", () => {
        const few = log(["a", 1], ["b", 1], ["a", 1]).bySite.get(1)!
        expect(few).toMatchObject({ texts: 3, functionStart: 1 })
        expect([...few.counts!]).toEqual([
            ["a", 2],
            ["b", 1],
        ])
        const many = log(...Array.from({ length: 600 }, (_, i): [string, number] => [`${i}`, 1]))
        expect(many.bySite.get(1)!.counts).toBeUndefined()
    })
})
