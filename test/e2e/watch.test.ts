import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/package-root"
import { RecordingReader } from "../../host/record/recording-reader"
import { build } from "../vm/harness"

const root = packageRoot()
const cli = join(root, "dist/cli.js")
const station = join(root, "devs/station/main.ts")
const ENTER = "\u001b[?1049h"
const LEAVE = "\u001b[?25h\u001b[?1049l"
let folder: string
let recording: string

const heapscope = (...args: string[]) =>
    promisify(execFile)(process.execPath, [cli, ...args], { cwd: root, maxBuffer: 1 << 26 })

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-watch-"))
    recording = join(folder, "run.ndjson")
    await build("devs/station/main.ts")
    await heapscope("sim", station, "--for", "5s", "--record", recording)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("without a terminal", () => {
    test("a replay gives every event again, as JSON, a line each", async () => {
        const { stdout } = await heapscope(
            "watch",
            "--replay",
            recording,
            "--speed",
            "max",
            "--json",
        )
        const events = stdout
            .trimEnd()
            .split("\n")
            .map(line => JSON.parse(line) as unknown)
        expect(events).toEqual([...new RecordingReader(recording).events()])
        expect(events.length).toBeGreaterThan(50)
    })

    test("a recording of a replay is the same recording", async () => {
        const copy = join(folder, "copy.ndjson")
        const args = ["watch", "--replay", recording, "--speed", "max", "--json", "--record", copy]
        await heapscope(...args)
        const body = (path: string) => readFileSync(path, "utf8").split("\n").slice(1)
        expect(body(copy)).toEqual(body(recording))
    })

    test("a simulated board is told of in lines, in its own time", async () => {
        const began = performance.now()
        const { stdout } = await heapscope("watch", "--sim", station, "--for", "1s")
        expect(performance.now() - began).toBeGreaterThan(1000)
        expect(stdout).toMatch(/\[heap\] used [\d,]+ B/)
        expect(stdout).toContain("order station open")
    })

    test.each([
        [[], /say what to watch/],
        [["--sim", "--replay", "x"], /say what to watch/],
        [["--sim", "--program", "x"], /--program goes with --port/],
        [["--port", "tcp://nowhere"], /not a port/],
        [["--port", "tcp://127.0.0.1:1"], /127\.0\.0\.1:1/],
        [["--replay", "nowhere"], /nowhere cannot be read/],
        [["--replay", "README.md"], /is not a recording/],
        [["--replay", "x", "--speed", "fast"], /"fast" is no speed/],
    ])("wrong use: %j", async (args, message) => {
        await expect(heapscope("watch", ...args)).rejects.toMatchObject({
            code: 2,
            stderr: message,
        })
    })
})

describe("on a terminal", () => {
    interface Terminal {
        child: ChildProcess
        output(): string
        until(text: string): Promise<void>
        type(keys: string): void
        /** Resolves when the terminal is closed by what ran in it. */
        ended: Promise<unknown>
    }

    /** A pty, made by socat, with `watch` in it. */
    function openTerminal(...args: string[]): Terminal {
        const command = [process.execPath, cli, "watch", ...args].join(" ")
        const child = spawn("socat", ["-", `EXEC:${command},pty,setsid,ctty,stderr,rawer`], {
            cwd: root,
            env: { ...process.env, TERM: "xterm-256color", FORCE_COLOR: "", NO_COLOR: "" },
        })
        let seen = ""
        child.stdout.on("data", (data: Buffer) => (seen += data.toString()))
        const until = async (text: string) => {
            const deadline = Date.now() + 20_000
            while (!seen.includes(text)) {
                if (Date.now() > deadline) throw new Error(`never came: ${text}, but ${seen}`)
                await new Promise(resolve => setTimeout(resolve, 20))
            }
        }
        return {
            child,
            output: () => seen,
            until,
            type: keys => void child.stdin.write(keys),
            ended: once(child, "exit"),
        }
    }

    test("the screen comes, keys do what they say, and the terminal is given back", async () => {
        const copy = join(folder, "keys.ndjson")
        const terminal = openTerminal("--sim", station, "--record", copy)
        await terminal.until("largest hole")
        terminal.type("m")
        await terminal.until("mark 1")
        terminal.type("s")
        await terminal.until("snapshot at")
        terminal.type("?")
        await terminal.until("quit, as does Ctrl-C")
        terminal.type("q")
        await terminal.ended
        expect(terminal.output().startsWith(ENTER)).toBe(true)
        expect(terminal.output().trimEnd().endsWith(LEAVE)).toBe(true)
        const kinds = [...new RecordingReader(copy).events()].map(({ kind }) => kind)
        expect(kinds).toContain("mark")
        expect(kinds).toContain("snapshot")
    })

    test("Ctrl-C gives it back too", async () => {
        const terminal = openTerminal("--replay", recording, "--speed", "1x")
        await terminal.until("largest hole")
        terminal.type("\u0003")
        await terminal.ended
        expect(terminal.output().trimEnd().endsWith(LEAVE)).toBe(true)
    })

    test("at the end of a recording the screen stays until it is left", async () => {
        const terminal = openTerminal("--replay", recording, "--speed", "max")
        await terminal.until("that was all: q quits")
        terminal.type("q")
        await terminal.ended
        expect(terminal.output().trimEnd().endsWith(LEAVE)).toBe(true)
    })
})
