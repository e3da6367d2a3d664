import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, test } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { packageRoot } from "../../../../host/base/node/package-root"
import { findProject, resolveEntry } from "../../../../host/compiler/node/project"
import { copyProject } from "./build-project"

describe("finding a program's project", () => {
    it("takes the nearest folder with a devsconfig.json, wherever the command runs", () => {
        const outer = copyProject()
        const inner = join(outer, "src/nested")
        mkdirSync(join(inner, "deep"), { recursive: true })
        writeFileSync(join(inner, "devsconfig.json"), "{}")
        writeFileSync(join(inner, "deep/main.ts"), "")
        expect(findProject(resolveEntry("src/main.ts", outer))).toBe(outer)
        expect(findProject(resolveEntry("../src/main.ts", join(outer, "src")))).toBe(outer)
        expect(findProject(resolveEntry("src/nested/deep/main.ts", outer))).toBe(inner)
        expect(findProject(resolveEntry(join(inner, "deep"), "/"))).toBe(inner)
    })
})

describe.skipIf(process.getuid === undefined)("a project is taken", () => {
    const find = (project: string) => () => findProject(resolveEntry("src/main.ts", project))

    it("never from a folder that others may write to, when the program they may not", () => {
        const project = copyProject()
        for (const mode of [0o1777, 0o757, 0o775]) {
            chmodSync(project, mode)
            expect(find(project), mode.toString(8)).toThrow(/other users may write to that folder/)
        }
        chmodSync(project, 0o755)
        expect(find(project)()).toBe(project)
    })

    it("where whoever may write to it may write to the program, too", () => {
        const project = copyProject()
        chmodSync(project, 0o775)
        chmodSync(join(project, "src/main.ts"), 0o664)
        expect(find(project)()).toBe(project)
    })

    it.runIf(process.getuid?.() === 0)("never from a folder of somebody else", () => {
        const project = copyProject()
        chownSync(project, 1234, 1234)
        expect(find(project)).toThrow(/other users may write/)
        chownSync(join(project, "src/main.ts"), 1234, 1234)
        expect(find(project)()).toBe(project)
    })
})

describe("naming a program", () => {
    it("keeps the user's name and finds a folder's main file", () => {
        const project = copyProject()
        const entry = { path: join(project, "src/main.ts"), kind: "source" }
        expect(resolveEntry("./src/main.ts", project)).toEqual({ ...entry, name: "./src/main.ts" })
        expect(resolveEntry(".", project)).toEqual({ ...entry, name: "src/main.ts" })
        expect(resolveEntry("src", project)).toEqual({ ...entry, name: "src/main.ts" })
        writeFileSync(join(project, "x.devs"), "")
        expect(resolveEntry("x.devs", project).kind).toBe("bytecode")
    })

    it("is not fooled by a folder or a declaration with a program's ending", () => {
        const project = copyProject()
        mkdirSync(join(project, "odd.ts"))
        writeFileSync(join(project, "types.d.ts"), "")
        expect(() => resolveEntry("odd.ts", project)).toThrow(/folder without/)
        expect(() => resolveEntry("types.d.ts", project)).toThrow(/not a program/)
    })
})

test.each([
    ["a name longer than any", "x".repeat(5000) + ".ts", /cannot be read: ENAMETOOLONG: [^,]+$/],
    [
        "a path through a file",
        "package.json/main.ts",
        /(no such file\.|cannot be read: ENOTDIR: [^,]+)$/,
    ],
])("%s is one sentence", (_name, entry, message) => {
    expect(() => resolveEntry(entry, packageRoot())).toThrow(message)
    expect(() => resolveEntry(entry, packageRoot())).toThrow(UserError)
})
