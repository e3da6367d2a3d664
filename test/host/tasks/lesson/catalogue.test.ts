import { readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { findLesson, LESSON_NAMES, listLessons } from "../../../../host/tasks/lesson/catalogue"
import { packageRoot } from "../../../../host/base/node/package-root"

describe("the lessons", () => {
    it("are the folders of devs/lessons, each listed once", () => {
        const folders = readdirSync(join(packageRoot(), "devs/lessons"))
        expect([...LESSON_NAMES].sort()).toEqual(folders.sort())
    })

    it("are in the order of the brief", () => {
        expect(listLessons().map(({ name }) => name)).toEqual(LESSON_NAMES)
        expect(listLessons()[0]!.section).toBe("allocation")
        expect(listLessons().at(-1)!.section).toBe("advanced")
    })

    it.each(listLessons())("say something: $name", ({ title, why, code, saves }) => {
        // The title stands before a colon, the sentences stand alone.
        expect(title).toMatch(/^[A-Z].*[a-z]$/)
        for (const sentence of why) expect(sentence).toMatch(/^[A-Z].*\.$/s)
        expect(code.wasteful).not.toBe(code.efficient)
        expect(new Set(saves).size).toBe(saves.length)
    })
})

describe("finding a lesson", () => {
    it("takes its name", () => {
        expect(findLesson("bit-packing").title).toBe("Records in the bits of a number")
    })

    it.each([
        ["bitpacking", "bit-packing"],
        ["interner", "interning"],
        ["pol", "pool"],
        ["", "heap"],
    ])('suggests the nearest for "%s"', (name, nearest) => {
        expect(() => findLesson(name)).toThrow(UserError)
        expect(() => findLesson(name)).toThrow(`Did you mean ${nearest}?`)
    })
})
