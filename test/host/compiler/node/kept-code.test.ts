import { chmodSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, onTestFinished, test, vi } from "vitest"
import { keepCode, requireKept } from "../../../../host/compiler/node/kept-code"
import { makeFolder } from "./build-project"

const ID = "/*0123456789abcdef*/"
const OTHER_ID = "/*fedcba9876543210*/"
let folder: string
let file: string

beforeEach(() => {
    folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    vi.stubEnv("XDG_CACHE_HOME", folder)
    onTestFinished(() => void vi.unstubAllEnvs())
    file = join(folder, "module.cjs")
})

/** As a process of its own would: loads it, and keeps its code at the end. @returns names and sizes kept */
function runOnce(text: string, expected: unknown): string[] {
    writeFileSync(file, text)
    expect(requireKept(file, "test")).toEqual(expected)
    keepCode()
    return readdirSync(join(folder, "heapscope")).filter(name => name.startsWith("code-"))
}

test("the code of a module is kept under its id, and used only for that", () => {
    const text = "exports.sum = (a => a + 1)(1); exports.at = __dirname"
    const kept = runOnce(ID + text, { sum: 2, at: folder })
    expect(kept).toEqual([expect.stringMatching(/^code-test-0123456789abcdef-\d+-\w+\.bin$/)])
    expect(runOnce(ID + text, { sum: 2, at: folder })).toEqual(kept)
    // As long, so that V8 would take the other's code for it.
    const other = text.replace("+ 1", "+ 2")
    expect(runOnce(OTHER_ID + other, { sum: 3, at: folder })).toHaveLength(2)
})

test("what was spoilt on the disk is not run", () => {
    const text = `${ID}exports.word = "right"`
    const [name] = runOnce(text, { word: "right" })
    for (const byte of [40, 200]) {
        const path = join(folder, "heapscope", name!)
        const bytes = Buffer.alloc(4000, byte)
        writeFileSync(path, bytes)
        expect(runOnce(text, { word: "right" })).toEqual([name])
    }
})

test("without an id, or a cache of the user's own, it runs all the same and nothing is kept", () => {
    writeFileSync(file, "exports.word = 1")
    expect(requireKept(file, "test")).toEqual({ word: 1 })
    keepCode()
    expect(readdirSync(folder)).toEqual(["module.cjs"])
    runOnce(`${ID}exports.word = 1`, { word: 1 })
    chmodSync(join(folder, "heapscope"), 0o777)
    rmSync(join(folder, "heapscope"), { recursive: true })
    writeFileSync(join(folder, "heapscope"), "no folder")
    writeFileSync(file, `${OTHER_ID}exports.word = 2`)
    expect(requireKept(file, "test")).toEqual({ word: 2 })
})
