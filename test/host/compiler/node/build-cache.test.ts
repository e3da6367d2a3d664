import {
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    truncateSync,
    utimesSync,
    writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import { buildProgram } from "../../../../host/compiler/node/build"
import { BuildCache } from "../../../../host/compiler/node/build-cache"
import { UserCache } from "../../../../host/compiler/node/user-cache"
import type { BuildIdentity } from "../../../../host/compiler/node/build-cache"
import { COMPILE_TIMEOUT_MS, copyProject, fillProject, makeFolder } from "./build-project"

const identity: BuildIdentity = {
    compilerVersion: "2.16.4",
    board: undefined,
    entry: "src/main.ts",
}

/** A project compiled once, whose files tests change and put back. */
describe("what invalidates a build", () => {
    const project = makeFolder()
    const at = (path: string) => join(project, path)

    beforeAll(async () => {
        fillProject(project)
        // A library as npm installs it, imported by what the program imports.
        mkdirSync(at("node_modules/rounding/src"), { recursive: true })
        writeFileSync(
            at("node_modules/rounding/package.json"),
            JSON.stringify({
                name: "rounding",
                main: "src/index.ts",
                devicescript: { library: true },
            }),
        )
        writeFileSync(
            at("node_modules/rounding/src/index.ts"),
            "export function round(x: number) { return Math.round(x) }\n",
        )
        writeFileSync(
            at("src/units.ts"),
            `import { round } from "rounding"
            export function toFahrenheit(celsius: number) { return round(celsius * 1.8 + 32) }`,
        )
        await buildProgram("src/main.ts", { cwd: project })
    }, COMPILE_TIMEOUT_MS)
    afterAll(() => rmSync(project, { recursive: true, force: true }))

    const isCached = () => new BuildCache(project).load(identity) !== undefined

    /** Writes a file for the length of one test. */
    function write(path: string, text: string): void {
        let before: string | undefined
        try {
            before = readFileSync(at(path), "utf8")
        } catch {
            mkdirSync(dirname(at(path)), { recursive: true })
        }
        onTestFinished(() => {
            if (before !== undefined) writeFileSync(at(path), before)
            else {
                rmSync(at(path))
                const folder = dirname(at(path))
                if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
            }
            expect(isCached()).toBe(true)
        })
        writeFileSync(at(path), text)
    }

    it("is nothing while nothing changes, not even a file's time", () => {
        expect(isCached()).toBe(true)
        utimesSync(at("src/main.ts"), 1, 1)
        expect(isCached()).toBe(true)
        write("src/unrelated.ts", "export const x = 1")
        expect(isCached()).toBe(true)
    })

    it.each([
        ["the entry", "src/main.ts"],
        ["an imported file", "src/shapes/index.ts"],
        ["a file imported for its types", "src/types.ts"],
        ["a library", "node_modules/rounding/src/index.ts"],
        ["a library's package.json", "node_modules/rounding/package.json"],
        ["package.json", "package.json"],
    ])("is a change of %s", (_, path) => {
        write(path, `${readFileSync(at(path), "utf8")} `)
        expect(isCached()).toBe(false)
    })

    it.each([
        ["a board", "boards/my_board.board.json"],
        ["a service", "services/mine.md"],
        ["settings", ".env.defaults"],
        ["a file that wins over src/shapes/index.ts", "src/shapes.ts"],
        ["a library nearer to the source", "src/node_modules/rounding/package.json"],
    ])("is %s that was not there", (_, path) => {
        write(path, "")
        expect(isCached()).toBe(false)
    })

    it("is another compiler, board or entry", () => {
        const cache = new BuildCache(project)
        expect(cache.load({ ...identity, compilerVersion: "2.16.5" })).toBeUndefined()
        expect(cache.load({ ...identity, board: "pico" })).toBeUndefined()
        expect(cache.load({ ...identity, entry: "src/units.ts" })).toBeUndefined()
    })
})

describe("the cache", () => {
    const build = {
        bytecode: new Uint8Array([1, 2, 3, 255]),
        debugJson: '{"text":"é 😀"}',
        inputs: { "devsconfig.json": "absent" },
    }

    function makeCache() {
        const project = copyProject()
        rmSync(join(project, "devsconfig.json"))
        const folder = join(project, "cache")
        const open = () => new BuildCache(project, UserCache.open(folder), 20)
        const cache = open()
        cache.store(identity, build)
        const name = readdirSync(folder).find(name => name.endsWith(".build"))
        return { project, cache, open, folder, file: join(folder, name as string) }
    }

    it("gives back what was stored", () => {
        const { cache, open } = makeCache()
        expect(cache.load(identity)).toEqual(build)
        expect(open().load(identity)).toEqual(build)
    })

    it("survives every kind of damage as a miss", () => {
        const { cache, file } = makeCache()
        const whole = readFileSync(file)
        for (let position = 0; position < whole.length; position++) {
            const damaged = Buffer.from(whole)
            damaged[position] = (damaged[position] as number) ^ 1
            writeFileSync(file, damaged)
            expect(cache.load(identity)).toBeUndefined()
        }
        writeFileSync(file, whole)
        expect(cache.load(identity)).toEqual(build)
        truncateSync(file, whole.length - 1)
        expect(cache.load(identity)).toBeUndefined()
        truncateSync(file, 3)
        expect(cache.load(identity)).toBeUndefined()
        rmSync(file)
        mkdirSync(file)
        expect(cache.load(identity)).toBeUndefined()
    })

    it("never takes a build whose inputs nobody could tell", () => {
        const { cache } = makeCache()
        cache.store(identity, { ...build, inputs: { "src/main.ts": "unknown" } })
        expect(cache.load(identity)).toBeUndefined()
    })

    it("reads no device that stands where an input was", () => {
        const { cache } = makeCache()
        cache.store(identity, { ...build, inputs: { "/dev/zero": `file:${"0".repeat(64)}` } })
        expect(cache.load(identity)).toBeUndefined()
    })

    it("keeps so many builds, the latest ones, and removes nothing that is not its own", () => {
        const { cache, folder, file } = makeCache()
        utimesSync(file, 1, 1)
        const foreign = ["photo.jpg", "mine.build", "code-of-mine.txt"]
        const left = [
            "code-0123456789abcdef-v18.0.0-x64.bin",
            `${"a".repeat(32)}.build.7-01234567.tmp`,
        ]
        for (const name of [...foreign, ...left]) {
            writeFileSync(join(folder, name), "")
            utimesSync(join(folder, name), 1, 1)
        }
        for (let i = 0; i < 20; i++) cache.store({ ...identity, entry: `${i}.ts` }, build)
        const names = readdirSync(folder)
        expect(names.filter(name => /^[0-9a-f]{32}\.build$/.test(name))).toHaveLength(20)
        expect(cache.load(identity)).toBeUndefined()
        expect(cache.load({ ...identity, entry: "0.ts" })).toEqual(build)
        expect(names).toEqual(expect.arrayContaining(foreign))
        for (const name of left) expect(names).not.toContain(name)
    })

    it("is done without where it cannot be made", () => {
        const project = copyProject()
        writeFileSync(join(project, "cache"), "")
        const cache = new BuildCache(project, UserCache.open(join(project, "cache")))
        cache.store(identity, build)
        expect(cache.load(identity)).toBeUndefined()
    })
})
