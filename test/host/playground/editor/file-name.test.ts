import { posix, win32 } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { MAX_NAME_LENGTH, whyNotNamed } from "../../../../host/playground/editor/file-name"

describe("the name of a file of a project", () => {
    it.each([
        "main.ts",
        "src/main.ts",
        "a/b/c.tsx",
        "night.scenario.json",
        "boards/x.board.json",
        "services/bell.md",
        "Main_2-b.ts",
        "a.b.c.ts",
    ])("may be %s", name => expect(whyNotNamed(name, [])).toBeUndefined())

    it.each([
        ["", /needs a name/],
        ["../main.ts", /\.\. are not/],
        ["a/../main.ts", /\.\. are not/],
        ["a//b.ts", /\.\. are not/],
        ["./a.ts", /\.\. are not/],
        ["/etc/a.ts", /at \//],
        ["C:a.ts", /drive/],
        ["c:/a.ts", /drive/],
        ["\\a.ts", /at \//],
        ["a\\b.ts", /nothing else/],
        ["a b.ts", /nothing else/],
        ["a\u0000.ts", /nothing else/],
        ["é.ts", /nothing else/],
        ["main.js", /ends with/],
        ["main", /ends with/],
        [".ts", /dot/],
        ["a/.ts", /dot/],
        [".git/a.ts", /dot/],
        ["a./b.ts", /dot/],
        ["node_modules/a.ts", /compiler/],
        ["a/Node_Modules/a.ts", /compiler/],
        [".devicescript/a.ts", /compiler/],
        ["con.ts", /Windows/],
        ["a/NUL/b.ts", /Windows/],
        [`${"x".repeat(MAX_NAME_LENGTH - 2)}.ts`, /longer/],
    ])("may not be %j", (name, why) => expect(whyNotNamed(name, [])).toMatch(why))

    it("is taken by one that only some systems tell apart, and by a folder", () => {
        expect(whyNotNamed("Main.ts", ["main.ts"])).toContain("main.ts already")
        expect(whyNotNamed("a.ts/b.ts", ["a.ts"])).toContain("cannot be there together")
        expect(whyNotNamed("a.ts", ["a.ts/b.ts"])).toContain("cannot be there together")
        expect(whyNotNamed("a.ts", ["ab.ts", "b/a.ts"])).toBeUndefined()
    })

    it("never leaves the project's folder, on any system, whatever is asked for", () => {
        const piece = fc.oneof(
            fc.constantFrom("..", ".", "/", "\\", "C:", "a", ".ts", "%2e", "~", "\u2215"),
            fc.string({ maxLength: 4 }),
        )
        const asked = fc.array(piece, { maxLength: 8 }).map(parts => `${parts.join("")}.ts`)
        fc.assert(
            fc.property(asked, name => {
                if (whyNotNamed(name, []) !== undefined) return
                expect(posix.relative("/p", posix.resolve("/p", name))).toBe(name)
                const onWindows = win32.relative("C:\\p", win32.resolve("C:\\p", name))
                expect(onWindows.replaceAll("\\", "/")).toBe(name)
            }),
            { numRuns: 2000 },
        )
    })
})
