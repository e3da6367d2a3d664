import { effect } from "@preact/signals"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EditedProject } from "../../../../host/playground/editor/edited-project"
import { MAX_FILES, MAX_PROJECT_BYTES } from "../../../../host/playground/editor/file-name"

function opened(...names: string[]): EditedProject {
    const project = new EditedProject()
    const files = ["main.ts", ...names].map(name => ({ name, text: `// ${name}\n` }))
    expect(project.open(files, "main.ts")).toBeUndefined()
    return project
}

describe("the files of a program that is edited", () => {
    it("opens nothing that is wrong, and keeps what was there", () => {
        const project = opened("a.ts")
        const file = (name: string, text = "") => ({ name, text })
        const many = Array.from({ length: MAX_FILES }, (_, index) => file(`f${index}.ts`))
        for (const [files, entry, why] of [
            [[file("b.ts")], "main.ts", /no file main.ts/],
            [[file("../b.ts")], "../b.ts", /\.\. are not/],
            [[file("b.ts"), file("B.ts")], "b.ts", /already/],
            [[file("b.ts", "é".repeat(MAX_PROJECT_BYTES / 2 + 1))], "b.ts", /1\.0 MB/],
            [[file("b.ts"), ...many], "b.ts", /More than/],
        ] as const)
            expect(project.open(files, entry)).toMatch(why)
        expect(project.names.value).toEqual(["main.ts", "a.ts"])
        expect(project.text("a.ts")).toBe("// a.ts\n")
    })

    it("tells each change once, and nothing else", () => {
        const project = opened("a.ts")
        const told: number[] = []
        const end = effect(() => void told.push(project.revision.value))
        const count = () => told.splice(0).length
        count()
        project.setText("a.ts", "1")
        expect(count()).toBe(1)
        project.setText("a.ts", "1")
        project.setProblems([{ file: "a.ts", line: 1, text: "wrong" }])
        project.setCosts([{ file: "a.ts", line: 1, bytes: 1, count: 1 }])
        project.reveal("a.ts", 1)
        project.show("main.ts")
        project.delete("main.ts")
        project.add("A.ts")
        expect(count()).toBe(0)
        project.rename("a.ts", "b.ts")
        expect(count()).toBe(1)
        project.delete("b.ts")
        expect(count()).toBe(1)
        project.restore()
        expect(count()).toBe(1)
        expect(project.files()).toEqual([
            { name: "main.ts", text: "// main.ts\n" },
            { name: "b.ts", text: "1" },
        ])
        end()
    })

    it("follows the program's file to another name, which is one of a program", () => {
        const project = opened("a.ts")
        expect(project.delete("main.ts")).toMatch(/starts main.ts/)
        expect(project.rename("main.ts", "main.json")).toMatch(/ends with \.ts/)
        expect(project.rename("main.ts", "main.d.ts")).toMatch(/ends with \.ts/)
        expect(project.rename("main.ts", "src/main.ts")).toBeUndefined()
        expect(project.entry.value).toBe("src/main.ts")
        expect(project.shown.value).toBe("src/main.ts")
    })

    it("shows a file that is there, whatever is done to them", () => {
        const name = fc.constantFrom("main.ts", "a.ts", "b.ts", "c/d.ts", "../e.ts")
        const act = fc.oneof(
            fc.record({ act: fc.constantFrom("add", "delete", "show", "reveal"), name }),
            fc.record({ act: fc.constant("rename"), name, to: name }),
            fc.record({ act: fc.constantFrom("restore", "problems") }),
        )
        fc.assert(
            fc.property(fc.array(act, { maxLength: 20 }), acts => {
                const project = opened("a.ts")
                for (const one of acts) {
                    const { act, name, to } = one as { act: string; name: string; to: string }
                    if (act === "add") project.add(name)
                    else if (act === "delete") project.delete(name)
                    else if (act === "show") project.show(name)
                    else if (act === "reveal") project.reveal(name, 1e9)
                    else if (act === "rename") project.rename(name, to)
                    else if (act === "restore") project.restore()
                    else project.setProblems([{ file: "a.ts", line: -1, column: 1e9, text: "" }])
                    const names = project.names.value
                    expect(names).toContain(project.shown.value)
                    expect(names).toContain(project.entry.value)
                    expect(new Set(names).size).toBe(names.length)
                    expect(project.files().every(({ name }) => project.stateNow(name))).toBe(true)
                }
            }),
            { numRuns: 200 },
        )
    })
})

it("counts a project's bytes as they are written, and takes none too many", () => {
    const project = new EditedProject()
    const unit = fc.constantFrom("a", "\n", "é", "€", "😀", "\ud83d", "\ude00")
    fc.assert(
        fc.property(fc.array(unit, { minLength: 1, maxLength: 20 }), units => {
            const piece = units.join("")
            const bytes = (text: string) => new TextEncoder().encode(text).length
            const whole = piece.repeat(Math.floor(MAX_PROJECT_BYTES / bytes(piece)))
            const text = whole + "a".repeat(MAX_PROJECT_BYTES - bytes(whole))
            const open = (text: string) => project.open([{ name: "main.ts", text }], "main.ts")
            expect(bytes(text)).toBe(MAX_PROJECT_BYTES)
            expect(open(text)).toBeUndefined()
            expect(open(text + "a")).toMatch(/^All files together may have/)
        }),
        { numRuns: 10 },
    )
})
