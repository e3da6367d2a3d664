import { join } from "node:path"
import { expect, test } from "vitest"
import { packageRoot } from "../../../../host/base/node/package-root"
import type { Completion } from "../../../../host/compiler/language/code-help"
import { ProgramHelp } from "../../../../host/compiler/language/program-help"
import { DiskFiles } from "../../../../host/compiler/node/disk-files"
import { loadCompiler } from "../../../../host/compiler/node/load-compiler"
import type { ProjectFiles } from "../../../../host/compiler/project-files"

const { compiler } = loadCompiler()
const STATION = "station/reporting.ts"

/** The package's own programs, with texts in place of some. */
class Edited implements ProjectFiles {
    private readonly disk = new DiskFiles(join(packageRoot(), "devs"))
    private readonly texts = new Map<string, string | undefined>()
    resolve(name: string): string {
        return this.disk.resolve(name)
    }
    relative(path: string): string {
        return this.disk.relative(path)
    }
    read(name: string): string | undefined {
        const path = this.resolve(name)
        if (!this.texts.has(path)) this.texts.set(path, this.disk.read(path))
        return this.texts.get(path)
    }
    list(name: string): string[] {
        return this.disk.list(name)
    }
    write(name: string, text: string | undefined): void {
        this.texts.set(this.resolve(name), text)
    }
}

const files = new Edited()
const help = new ProgramHelp(compiler, files, STATION, () => Promise.reject(new Error("no tools")))

/** Puts a text with a `¦` in place of a file. @returns the file and the offset of that */
function typed(file: string, text: string): [file: string, offset: number] {
    const offset = text.indexOf("¦")
    files.write(file, text.replace("¦", ""))
    return [file, offset]
}

async function names(file: string, text: string): Promise<Map<string, Completion>> {
    const found = await help.complete(...typed(file, text))
    return new Map(found?.items.map(item => [item.label, item]))
}

const kitchen = files.read("station/kitchen.ts")!

test("completes names of the program, of its imports and of DeviceScript, and of nothing else", async () => {
    const locals = await names(
        "station/kitchen.ts",
        `${kitchen}\nfunction cook(minutes: number) {\n    const burnt = minutes > 9\n    ¦\n}\n`,
    )
    for (const [name, kind] of [
        ["burnt", "constant"],
        ["minutes", "variable"],
        ["cook", "function"],
        ["setInterval", "function"],
        ["console", "module"],
        ["while", "keyword"],
    ] as const)
        expect(locals.get(name)?.kind, name).toBe(kind)
    for (const name of [
        ...["document", "window", "HTMLElement", "localStorage", "XMLHttpRequest", "Map"],
        ...["process", "require", "__dirname", "setImmediate", "WeakMap", "Proxy"],
    ])
        expect(locals.has(name), name).toBe(false)

    // A file that nobody imports yet, with members of a class from another.
    const members = await names(
        "station/new.ts",
        'import { Bell } from "./bell"\nconst bell = new Bell()\nbell.¦\n',
    )
    expect([...members.keys()]).toEqual([])
    files.write(
        "station/bell.ts",
        "export class Bell {\n    /** Rings so often. */\n    ring(times: number) {}\n    private rung = 0\n    volume = 3\n}\n",
    )
    const [file, offset] = typed(
        "station/new.ts",
        files.read("station/new.ts")!.replace("bell.", "bell.¦"),
    )
    const found = (await help.complete(file, offset))!
    expect(found.items.map(({ label, kind }) => [label, kind])).toEqual([
        ["ring", "method"],
        ["volume", "property"],
    ])
    expect([found.from, found.to]).toEqual([offset, offset])
    expect(await help.describe(file, offset, found.items[0]!)).toEqual({
        signature: "(method) Bell.ring(times: number): void",
        docs: "Rings so often.",
        changes: [],
    })
    const drivers = await names(
        "station/new.ts",
        'import * as ds from "@devicescript/core"\nnew ds.Temp¦',
    )
    expect(drivers.get("Temperature")?.kind).toBe("class")
})

test("completes what is not imported yet, with its import, and paths of imports", async () => {
    const [file, offset] = typed("station/new.ts", "// first\nexport const t = new Tempera¦\n")
    const found = (await help.complete(file, offset))!
    const item = found.items.find(({ label }) => label === "Temperature")!
    expect(item).toMatchObject({ module: "@devicescript/core", detail: "@devicescript/core" })
    const { changes } = (await help.describe(file, offset, item))!
    const text = files.read(file)!
    const [change] = changes
    expect(changes).toHaveLength(1)
    expect(text.slice(0, change!.from) + change!.text + text.slice(change!.to)).toMatch(
        /^(\/\/ first\n)?import \{ Temperature \} from "@devicescript\/core"\n/,
    )

    const paths = await names("station/new.ts", 'import { } from "./kit¦"\n')
    expect([...paths.keys()]).toContain("kitchen")
})

test("tells what a name is, and which parameter is written", async () => {
    const [file, offset] = typed("station/new.ts", "setTime¦out(() => {}, 3)\n")
    expect(await help.hover(file, offset)).toEqual({
        ...{ from: 0, to: 10 },
        signature: "function setTimeout(callback: () => void | Promise<void>, ms: number): number",
        docs: "Schedule a function to be called after specified number of milliseconds.",
    })
    expect(await help.signature(...typed("station/new.ts", "setTimeout(() => {}, ¦)\n"))).toEqual({
        before: "setTimeout(",
        parameters: [
            { label: "callback: () => void | Promise<void>", docs: "" },
            { label: "ms: number", docs: "" },
        ],
        after: "): number",
        docs: "Schedule a function to be called after specified number of milliseconds.",
        active: 1,
    })
    expect(await help.signature(...typed("station/new.ts", "¦\n"))).toBeUndefined()
    expect(await help.hover(...typed("station/new.ts", "// w¦ords\n"))).toBeUndefined()
})

test("knows each lesson's program at any place, and says nothing for a file that is gone", async () => {
    for (const name of files.list("lessons").filter(name => name.endsWith(".ts"))) {
        const text = files.read(`lessons/${name}`)!
        const member = /\b(\w+)\.(\w+)\(/.exec(text)
        if (!member) continue
        const offset = member.index + member[1]!.length + 1
        const found = await help.complete(`lessons/${name}`, offset)
        const labels = found?.items.map(({ label }) => label)
        expect(labels, `${name}: ${member[0]}`).toContain(member[2])
    }
    files.write("station/new.ts", undefined)
    files.write("station/bell.ts", undefined)
    expect(await help.complete("station/new.ts", 3)).toBeUndefined()
    expect(await help.hover("station/new.ts", 3)).toBeUndefined()
    expect(await help.signature("station/new.ts", 3)).toBeUndefined()
    expect(await help.complete("station/kitchen.ts", 1e9)).toBeDefined()
})

test("answers from what it knows already: an edit of the station costs a part of the first answer", async () => {
    const fresh = new ProgramHelp(compiler, files, STATION, () => Promise.reject(new Error("none")))
    const ask = async (help: ProgramHelp, text: string) => {
        const place = typed("station/kitchen.ts", text)
        const began = performance.now()
        expect((await help.complete(...place))?.items.length).toBeGreaterThan(50)
        return performance.now() - began
    }
    const firstMs = await ask(fresh, `${kitchen}\n¦`)
    const warmMs: number[] = []
    for (const word of ["T", "Te", "Tem", "Temp", "s", "se", "set"])
        warmMs.push(await ask(fresh, `${kitchen}\n${word}¦\n`))
    fresh.end()
    const [median = 0] = warmMs.sort((a, b) => a - b).slice(3)
    console.log(
        `completions: first ${firstMs.toFixed(0)} ms, after an edit ${median.toFixed(0)} ms`,
    )
    expect(median).toBeLessThan(firstMs / 5)
})
