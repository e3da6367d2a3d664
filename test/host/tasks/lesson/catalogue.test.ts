import { readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import {
    findLesson,
    LESSON_NAMES,
    listLessons,
    taughtProgram,
} from "../../../../host/tasks/lesson/catalogue"
import { packageRoot } from "../../../../host/base/node/package-root"

describe("the lessons", () => {
    it("are the folders of devs/lessons, each listed once", () => {
        const folders = readdirSync(join(packageRoot(), "devs/lessons"), { withFileTypes: true })
            .filter(entry => entry.isDirectory())
            .map(({ name }) => name)
        expect([...LESSON_NAMES].sort()).toEqual(folders.sort())
    })

    it("are in the order to take them: first steps, then that of the brief", () => {
        expect(listLessons().map(({ name }) => name)).toEqual(LESSON_NAMES)
        expect(listLessons()[0]!.section).toBe("first steps")
        expect(listLessons().at(-1)!.section).toBe("realistic volumes")
    })

    it("lead from one to the next, through all of them", () => {
        const taken = [LESSON_NAMES[0]!]
        for (let { next } = findLesson(taken[0]!); next !== undefined; { next } = findLesson(next))
            taken.push(next)
        expect(taken).toEqual(LESSON_NAMES)
    })

    it.each(listLessons())("ask what the VM answers: $name", ({ question }) => {
        expect(question.ask).toMatch(/^[A-Z0-9].*\?$/)
        expect(question.ask).not.toMatch(/\d{4}|\d,\d/)
    })

    it.each(listLessons())("say something: $name", lesson => {
        const { title, why, code, saves, programs, adds, atMost, links } = lesson
        // The title stands before a colon, the sentences stand alone.
        expect(title).toMatch(/^[A-Z].*[a-z]$/)
        for (const sentence of why) expect(sentence).toMatch(/^[A-Z].*\.$/s)
        expect(code.wasteful).not.toBe(code.byHand)
        // What a structure adds and promises is said where there is one, and only there.
        expect(adds !== undefined).toBe(programs.structure !== undefined)
        expect(atMost.structure !== undefined).toBe(programs.structure !== undefined)
        expect(taughtProgram(lesson)).toBe(programs.structure ?? programs.byHand)
        expect(new Set(links.map(({ url }) => url)).size).toBe(2)
        expect(links[0]!.url).toMatch(/^https:\/\/github\.com\/microsoft\/devicescript\//)
        expect(new Set(saves).size).toBe(saves.length)
    })
})

describe.each(listLessons())("the programs of lesson $name", ({ programs, n: { constant: n } }) => {
    const sources = Object.values<string>({ ...programs }).map(path => ({
        path,
        text: readFileSync(path, "utf8"),
    }))

    it("use a structure of the library where they say so, and nowhere else", () => {
        for (const { path, text } of sources)
            expect(/from "\.\.\/\.\.\/\.\.\/src\//.test(text), path).toBe(
                path === programs.structure,
            )
    })

    it(`have how much there is in ${n}`, () => {
        const folder = dirname(programs.wasteful)
        const own = readdirSync(folder).filter(file => file.endsWith(".ts"))
        const declared = new RegExp(`^(export )?const ${n} = \\d+$`, "m")
        const values = own.flatMap(
            file =>
                readFileSync(join(folder, file), "utf8").match(declared)?.[0].match(/\d+/)?.[0] ??
                [],
        )
        expect(new Set(values).size).toBe(1)
        for (const { path, text } of sources)
            expect(text, path).toMatch(new RegExp(`\\b${n}\\b|from "\\./`))
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
        ["keep-lst", "keep-last"],
    ])('suggests the nearest for "%s"', (name, nearest) => {
        expect(() => findLesson(name)).toThrow(UserError)
        expect(() => findLesson(name)).toThrow(`Did you mean ${nearest}?`)
    })

    it.each(["", "nope", "memory"])('guesses nothing for "%s"', name => {
        expect(() => findLesson(name)).toThrow(
            /^There is no lesson "\w*"\. "heapscope lesson" lists/,
        )
    })
})
