import { spawn, spawnSync } from "node:child_process"
import {
    chmodSync,
    chownSync,
    existsSync,
    linkSync,
    lstatSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    readlinkSync,
    rmSync,
    statSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { checkWritable, writeWhole } from "../../../../host/base/node/write-file"

const isRoot = process.getuid?.() === 0
let folder: string
let path: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-write-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    path = join(folder, "report.json")
})

const text = (file: string) => readFileSync(file, "utf8")
const modeOf = (file: string) => statSync(file).mode & 0o777

/** Modes, owners, links that anybody may make, devices: of other systems there is the contents alone. */
const isPosix = process.platform !== "win32"

test("a file is replaced whole, on every system", async () => {
    for (const content of ["one", "two"]) {
        await writeWhole(path, content)
        expect(text(path)).toBe(content)
        expect(readdirSync(folder)).toEqual(["report.json"])
    }
})

describe.runIf(isPosix)("an ordinary file", () => {
    test("is made, and replaced with its mode, and nothing else is left", async () => {
        await writeWhole(path, "one")
        expect(text(path)).toBe("one")
        expect(modeOf(path)).toBe(0o666 & ~process.umask())
        chmodSync(path, 0o640)
        await writeWhole(path, "two")
        expect(text(path)).toBe("two")
        expect(modeOf(path)).toBe(0o640)
        expect(readdirSync(folder)).toEqual(["report.json"])
    })

    test.runIf(isRoot)("keeps its owner, also when root writes it", async () => {
        writeFileSync(path, "theirs")
        chownSync(path, 1234, 2345)
        chmodSync(path, 0o600)
        await writeWhole(path, "new")
        const { uid, gid } = statSync(path)
        expect({ uid, gid, mode: modeOf(path) }).toEqual({ uid: 1234, gid: 2345, mode: 0o600 })
    })

    test("is written through links: over two folders, to what is not there yet", async () => {
        mkdirSync(join(folder, "deep"))
        const target = join(folder, "deep/target.json")
        symlinkSync("deep/second", path)
        symlinkSync("target.json", join(folder, "deep/second"))
        await writeWhole(path, "first")
        chmodSync(target, 0o600)
        await writeWhole(path, "through")
        expect(text(target)).toBe("through")
        expect(modeOf(target)).toBe(0o600)
        expect(readlinkSync(path)).toBe("deep/second")
        expect(readdirSync(join(folder, "deep")).sort()).toEqual(["second", "target.json"])
    })

    test("leaves another hard link to it as it was", async () => {
        writeFileSync(path, "old")
        linkSync(path, join(folder, "other"))
        await writeWhole(path, "new")
        expect([text(path), text(join(folder, "other"))]).toEqual(["new", "old"])
    })

    test("takes the place of what killed writers left an hour ago, and of nothing else", async () => {
        const old = new Date(Date.now() - 2 * 3_600_000)
        const names = [
            ".heapscope-0123456789abcdef.tmp",
            ".heapscope-mine.tmp",
            ".heapscope-fedcba9876543210.tmp",
            ".heapscope-aaaaaaaaaaaaaaaa.tmp",
        ] as const
        for (const name of names.slice(0, 3)) writeFileSync(join(folder, name), "")
        mkdirSync(join(folder, names[3]))
        for (const name of [names[0], names[1], names[3]]) utimesSync(join(folder, name), old, old)
        await writeWhole(path, "new")
        expect(readdirSync(folder).sort()).toEqual([...names.slice(1), "report.json"].sort())
    })
})

describe.runIf(isPosix)("what cannot be written is one sentence, and changes nothing:", () => {
    test.each<[string, () => string, RegExp]>([
        ["a folder", () => folder, /cannot be written: it is a folder/],
        ["no folder", () => join(folder, "no/file"), /no\/file cannot be written: ENOENT: [^,]+$/],
        [
            "a circle",
            () => {
                symlinkSync("report.json", path)
                return path
            },
            /links lead in a circle/,
        ],
        ["a long name", () => join(folder, "x".repeat(5000)), /cannot be written: ENAMETOOLONG: /],
        ["a closed descriptor", () => "/dev/fd/987654", /cannot be written: EBADF: /],
    ])("%s", async (_name, make, message) => {
        const target = make()
        const before = readdirSync(folder)
        await expect(writeWhole(target, "text")).rejects.toThrow(message)
        expect(() => checkWritable(target)).toThrow(message)
        expect(readdirSync(folder)).toEqual(before)
    })

    test.runIf(isRoot)("a link that somebody else made where everybody may", async () => {
        chmodSync(folder, 0o1777)
        writeFileSync(join(folder, "target"), "mine")
        symlinkSync(join(folder, "target"), path)
        spawnSync("chown", ["-h", "1234", path])
        await expect(writeWhole(path, "new")).rejects.toThrow(/a link that another user made/)
        expect(text(join(folder, "target"))).toBe("mine")
    })
})

describe.runIf(isPosix)("a device or a FIFO is written, never replaced:", () => {
    test("a FIFO", async () => {
        spawnSync("mkfifo", [path])
        const reader = spawn("cat", [path], { stdio: ["ignore", "pipe", "ignore"] })
        const heard: Buffer[] = []
        reader.stdout.on("data", (chunk: Buffer) => heard.push(chunk))
        const closed = new Promise(done => reader.once("close", done))
        // More than a pipe holds.
        const content = "0123456789".repeat(50_000)
        await writeWhole(path, content)
        await closed
        expect(Buffer.concat(heard).toString()).toBe(content)
        expect(lstatSync(path).isFIFO()).toBe(true)
    })

    test("a FIFO that nobody reads", async () => {
        spawnSync("mkfifo", [path])
        await expect(writeWhole(path, "text")).rejects.toThrow(/cannot be written: nobody reads it/)
        expect(lstatSync(path).isFIFO()).toBe(true)
    })

    test("/dev/null", async () => {
        checkWritable("/dev/null")
        await writeWhole("/dev/null", "text")
        expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true)
    })

    test.runIf(existsSync("/dev/full"))("/dev/full", async () => {
        await expect(writeWhole("/dev/full", "text")).rejects.toThrow(
            /^\/dev\/full cannot be written: ENOSPC: no space left on device$/,
        )
        expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true)
    })
})
