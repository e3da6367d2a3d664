import * as fs from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { platformInATab, type Platform } from "./in-a-tab"

let tab: Platform
beforeAll(async () => {
    tab = await platformInATab()
})

/** Folders have names of their own: a file never comes where a folder is. */
const FOLDERS = ["", "/a", "/a/b", "/c"]
const FILES = FOLDERS.flatMap(folder => ["x.ts", "y.json"].map(name => `${folder}/${name}`))
const PATHS = [...FOLDERS.slice(1), ...FILES, "/a/x.ts/below", "/nowhere", "/nowhere/else"]

const content = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "\0", "é", "漢", "\u{1f600}"), maxLength: 40 }),
    fc.uint8Array({ maxLength: 40 }),
    // A mark at the start, and what is no UTF-8.
    fc.constantFrom(
        Uint8Array.of(0xef, 0xbb, 0xbf, 0x61),
        Uint8Array.of(0xe2, 0x82, 0x41, 0xff, 0xf0, 0x9f),
    ),
)
type Step =
    | { kind: "write"; path: string; content: string | Uint8Array }
    | { kind: "ask"; path: string }
    | { kind: "remove"; path: string }
const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant("write" as const), path: fc.constantFrom(...FILES), content }),
    fc.record({ kind: fc.constant("remove" as const), path: fc.constantFrom(...PATHS) }),
    fc.record({ kind: fc.constant("ask" as const), path: fc.constantFrom(...PATHS) }),
)

type Calls = Pick<
    typeof fs,
    | "existsSync"
    | "statSync"
    | "lstatSync"
    | "readFileSync"
    | "readdirSync"
    | "realpathSync"
    | "openSync"
    | "fstatSync"
    | "readSync"
    | "closeSync"
>

/** What a call gives, or the code of its failure. */
function outcome(call: () => unknown): unknown {
    try {
        return call()
    } catch (error) {
        return (error as { code?: string }).code ?? String(error)
    }
}

/** All that can be asked of a path. */
function asked(system: Calls, root: string, path: string): Record<string, unknown> {
    const at = root + path
    const stats = (call: "statSync" | "lstatSync") => {
        const found = system[call](at, { throwIfNoEntry: false })
        return (
            found && [
                found.isFile(),
                found.isDirectory(),
                found.isSymbolicLink(),
                found.isFile() && found.size,
            ]
        )
    }
    const opened = () => {
        const descriptor = system.openSync(at, "r")
        try {
            const into = new Uint8Array(8)
            const size = system.fstatSync(descriptor).isFile()
            const fromTo = [system.readSync(descriptor, into, 1, 5, 2), [...into]]
            // One part after the other, as who reads a long file does.
            const parts = Array.from({ length: 3 }, () => {
                const part = new Uint8Array(4)
                return [system.readSync(descriptor, part), [...part]]
            })
            return [size, fromTo, parts]
        } finally {
            system.closeSync(descriptor)
        }
    }
    return {
        exists: outcome(() => system.existsSync(at)),
        stat: outcome(() => stats("statSync")),
        thrown: outcome(() => system.statSync(at).isFile()),
        lstat: outcome(() => stats("lstatSync")),
        text: outcome(() => system.readFileSync(at, "utf8")),
        bytes: outcome(() => [...system.readFileSync(at)]),
        list: outcome(() => system.readdirSync(at).sort()),
        real: outcome(() => String(system.realpathSync(at)).replace(root, "")),
        opened: outcome(opened),
    }
}

test("files in memory answer as Node's own do, failures too", () => {
    let round = 0
    fc.assert(
        fc.property(fc.array(step, { maxLength: 30 }), steps => {
            const disk = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "heapscope-files-")))
            const memory = `/round-${round++}`
            try {
                // A folder is there in memory when something is in it.
                for (const folder of FOLDERS) {
                    fs.mkdirSync(disk + folder, { recursive: true })
                    fs.writeFileSync(`${disk}${folder}/always`, "")
                    tab.files.write(`${memory}${folder}/always`, "")
                }
                for (const one of steps) {
                    if (one.kind === "write") {
                        fs.writeFileSync(disk + one.path, one.content)
                        tab.files.write(memory + one.path, one.content)
                    } else if (one.kind === "remove")
                        expect(
                            outcome(() => tab.fs.rmSync(memory + one.path)),
                            one.path,
                        ).toBe(outcome(() => fs.rmSync(disk + one.path)))
                    expect(asked(tab.fs as unknown as Calls, memory, one.path), one.path).toEqual(
                        asked(fs, disk, one.path),
                    )
                }
                for (const path of PATHS)
                    expect(asked(tab.fs as unknown as Calls, memory, path), path).toEqual(
                        asked(fs, disk, path),
                    )
            } finally {
                fs.rmSync(disk, { recursive: true })
            }
        }),
        { numRuns: 100 },
    )
})

test("what leads elsewhere is read there, as through a link", () => {
    const disk = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "heapscope-files-")))
    try {
        for (const name of ["/package/src/x.ts", "/project/y.json"]) {
            fs.mkdirSync(dirname(disk + name), { recursive: true })
            fs.writeFileSync(disk + name, name)
            tab.files.write(`/linked${name}`, name)
        }
        fs.mkdirSync(`${disk}/project/modules`)
        fs.symlinkSync(`${disk}/package`, `${disk}/project/modules/p`)
        tab.files.link("/linked/project/modules/p", "/linked/package")
        for (const path of [
            "/project",
            "/project/modules",
            "/project/modules/p/src",
            "/project/modules/p/src/x.ts",
            "/project/modules/p/none",
        ])
            expect(asked(tab.fs as unknown as Calls, "/linked", path), path).toEqual(
                asked(fs, disk, path),
            )
    } finally {
        fs.rmSync(disk, { recursive: true })
    }
})

test("who watches a folder hears of its own files, until he has had enough", () => {
    const heard: string[] = []
    tab.files.write("/watched/a.ts", "1")
    const watcher = tab.fs.watch("/watched", {}, (_, name) => heard.push(name))
    tab.files.write("/watched/a.ts", "2")
    tab.files.write("/watched/below/b.ts", "1")
    tab.files.write("/elsewhere/a.ts", "1")
    tab.files.write("/watched/a.ts", undefined)
    watcher.close()
    tab.files.write("/watched/a.ts", "3")
    expect(heard).toEqual(["a.ts", "a.ts"])
    expect(outcome(() => tab.fs.watch("/nowhere", {}, () => undefined))).toBe("ENOENT")
})

test("another worker that is told what has changed has the same files", () => {
    fc.assert(
        fc.property(
            fc.array(
                fc.tuple(
                    fc.constantFrom(...FILES),
                    fc.option(content, { nil: undefined }),
                    fc.boolean(),
                ),
            ),
            changes => {
                const copy = new Map<string, string | Uint8Array | undefined>()
                let told = tab.files.version
                const tell = () => {
                    for (const [path, text] of tab.files.changesSince(told)) copy.set(path, text)
                    told = tab.files.version
                }
                for (const [path, text, isTime] of changes) {
                    tab.files.write(`/told${path}`, text)
                    if (isTime) tell()
                }
                tell()
                for (const [path] of changes)
                    expect(copy.get(`/told${path}`)).toBe(tab.files.read(`/told${path}`))
            },
        ),
    )
})
