import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Progress } from "../../../../host/playground/classroom/progress"
import type { KeptTexts } from "../../../../host/playground/kept-value"

/** A tab's storage. */
class Texts implements KeptTexts {
    readonly kept = new Map<string, string>()
    getItem = (key: string) => this.kept.get(key) ?? null
    setItem = (key: string, text: string) => void this.kept.set(key, text)
    removeItem = (key: string) => void this.kept.delete(key)
}

const refusing: KeptTexts = {
    getItem: () => {
        throw new Error("denied")
    },
    setItem: () => {
        throw new Error("full")
    },
    removeItem: () => {
        throw new Error("denied")
    },
}

describe("progress with the lessons", () => {
    test("is there at the next visit, the first guess of each lesson", () => {
        const guess = fc.record({
            lesson: fc.constantFrom("pool", "stack", "heap", "keep-last"),
            guess: fc.option(fc.integer({ min: 0 }), { nil: undefined }),
        })
        fc.assert(
            fc.property(fc.array(guess), guesses => {
                const texts = new Texts()
                const first = new Map<string, number | undefined>()
                const progress = new Progress(texts)
                for (const { lesson, guess } of guesses) {
                    progress.remember(lesson, guess, 42)
                    if (!first.has(lesson)) first.set(lesson, guess)
                }
                const next = new Progress(texts)
                for (const [lesson, guess] of first) expect(next.of(lesson)).toBe(guess)
                const names = Object.keys(next.answered.value)
                expect(names.sort()).toEqual([...first.keys()].sort())
            }),
        )
    })

    test("begins anew when it was forgotten, or what is kept is no progress", () => {
        const texts = new Texts()
        new Progress(texts).remember("pool", 1, 2)
        const [key] = texts.kept.keys()
        new Progress(texts).forget()
        expect(new Progress(texts).answered.value).toEqual({})
        for (const damaged of ["{", "[]", "null", '{"pool":{"guess":"<b>"}}', '{"pool":7}']) {
            texts.kept.set(key!, damaged)
            expect(new Progress(texts).answered.value).toEqual({})
        }
    })

    test("is known until the tab is closed where nothing can be kept", () => {
        for (const storage of [undefined, refusing]) {
            const progress = new Progress(storage)
            progress.remember("pool", 1, 2)
            expect(progress.of("pool")).toBe(1)
            progress.forget()
            expect(progress.of("pool")).toBeUndefined()
        }
    })
})
