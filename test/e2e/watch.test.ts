import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { RecordingReader } from "../../host/recording/node/recording-reader"
import { build } from "../vm/harness"
import { until } from "../vm/link/rig"
import { heapscopeHere } from "./command"
import { CLI, ENTER, LEAVE, openTerminal, type Terminal } from "./terminal"

const root = packageRoot()
const station = join(root, "devs/station/main.ts")
let folder: string
let recording: string

const heapscope = (...args: string[]) =>
    promisify(execFile)(process.execPath, [CLI, ...args], { cwd: root, maxBuffer: 1 << 26 })

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-watch-"))
    recording = join(folder, "run.ndjson")
    await build("devs/station/main.ts")
    await heapscopeHere(["sim", station, "--for", "5s", "--record", recording])
})
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
        expect((await heapscopeHere(args)).code).toBe(0)
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

    test("or faster", async () => {
        const began = performance.now()
        const args = ["watch", station, "--for", "30s", "--speed", "max"]
        const { stdout } = await heapscopeHere(args)
        expect(performance.now() - began).toBeLessThan(25_000)
        expect(stdout).toContain("     30 s  [end]")
    })

    test.each([
        [[], /say what to watch/],
        [["--sim", "--replay", "x"], /say what to watch/],
        [["--sim", "--program", "x"], /--program goes with --port/],
        [["--port", "tcp://nowhere"], /not a port/],
        [["--port", "auto", "--for", "10s"], /--for goes with a simulated board/],
        [["--replay", "x", "--world", "none"], /--world goes with a simulated board/],
        [["--port", "tcp://127.0.0.1:1"], /127\.0\.0\.1:1/],
        [["--replay", "nowhere"], /nowhere cannot be read/],
        [["--replay", "README.md"], /is not a recording/],
        [["--replay", "x", "--speed", "fast"], /"fast" is no speed/],
    ])("wrong use: %j", async (args, message) => {
        const { code, stderr } = await heapscopeHere(["watch", ...args])
        expect(stderr).toMatch(message)
        expect(code).toBe(2)
    })
})

describe("on a terminal", () => {
    /** The cursor shown, the other screen left, and lines and echo again. */
    function expectGivenBack(output: string, modes: string) {
        expect(output).toContain(LEAVE)
        // What comes after is ordinary text.
        expect(output.slice(output.lastIndexOf(LEAVE) + LEAVE.length)).not.toContain("\u001b[?")
        expect(modes).toMatch(/[ ;]icanon/)
        expect(modes).toMatch(/[ ;\n]echo /)
        expect(modes).toMatch(/[ ;\n]isig/)
    }

    const watch = (...args: string[]) => openTerminal(["watch", ...args])

    test("the screen comes, keys do what they say, and the terminal is given back", async () => {
        const copy = join(folder, "keys.ndjson")
        const terminal = watch(station, "--record", copy)
        await terminal.until("largest free block")
        terminal.type("m")
        await terminal.until("mark 1")
        terminal.type("s")
        await terminal.until("exactly, at")
        terminal.type("?")
        await terminal.until("Ctrl-C breaks off")
        await terminal.until("any other key goes back")
        terminal.type("x")
        await terminal.until("largest free block")
        terminal.type("q")
        const { code, output, modes } = await terminal.ended()
        expect(code).toBe(0)
        // What it comes to stays when the screen has gone.
        expect(output.slice(output.lastIndexOf(LEAVE))).toMatch(
            /✓ .*ran [\d.]+ m?s, live heap[^]*next: heapscope check/,
        )
        expect(output.startsWith(ENTER)).toBe(true)
        expectGivenBack(output, modes)
        const kinds = [...new RecordingReader(copy).events()].map(({ kind }) => kind)
        expect(kinds).toContain("mark")
        expect(kinds).toContain("figures")
    })

    test("an arrow goes on in a recording, or back", async () => {
        const terminal = watch("--replay", recording, "--speed", "0.1x")
        await terminal.until("largest free block")
        terminal.type("\u001b[C\u001b[C")
        await terminal.until("from 2")
        await terminal.until("at 0.1x  2.")
        terminal.type("\u001b[D\u001b[D\u001b[D")
        await terminal.until("from 0 ms on")
        terminal.type("q")
        expect((await terminal.ended()).code).toBe(0)
    })

    test("npm start shows the structures of its program, too", async () => {
        const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            scripts: { start: string }
        }
        const [, ...args] = manifest.scripts.start.split(" ").slice(1)
        await build(args[1]!)
        const terminal = openTerminal(args)
        await terminal.until("waiting")
        await terminal.until("most ")
        terminal.type("q")
        expect((await terminal.ended()).code).toBe(0)
    })

    test("one that cannot redraw gets lines", async () => {
        const terminal = openTerminal(["watch", station, "--for", "1s", "--speed", "max"], {
            env: { TERM: "dumb" },
        })
        const { output } = await terminal.ended()
        expect(output).toContain("order station open")
        expect(output).not.toContain("\u001b")
    })

    test("p has the screen stand still, a mark is told meanwhile, and p goes on", async () => {
        const copy = join(folder, "paused.ndjson")
        const terminal = watch("--sim", station, "--record", copy)
        await terminal.until("largest free block")
        terminal.type("p")
        await terminal.until(" paused ")
        // The end of that frame.
        await terminal.until("\u001b[?2026l")
        const still = terminal.output().length
        // A recording goes on: so there was something to show.
        const size = () => statSync(copy).size
        const before = size()
        await until(() => size() > before + 1000)
        expect(terminal.output().length).toBe(still)
        terminal.type("m")
        await terminal.until("mark 1")
        expect(terminal.output().slice(still)).not.toContain("── mark 1 ──")
        terminal.type("p")
        await terminal.until("── mark 1 ──")
        terminal.type("q")
        const { output, modes } = await terminal.ended()
        expectGivenBack(output, modes)
    })

    test.each([
        ["q", (terminal: Terminal) => terminal.type("q"), 0],
        ["Ctrl-C in it", (terminal: Terminal) => terminal.type("\u0003"), 130],
        ["SIGINT", (terminal: Terminal) => terminal.kill("SIGINT"), 130],
        ["SIGTERM", (terminal: Terminal) => terminal.kill("SIGTERM"), 130],
    ])("%s gives it back too", async (_, end, expected) => {
        const terminal = watch("--replay", recording, "--speed", "1x")
        await terminal.until("largest free block")
        end(terminal)
        const { code, output, modes } = await terminal.ended()
        expect(code).toBe(expected)
        expectGivenBack(output, modes)
    })

    test("so does a crash, which is then told where it can be read", async () => {
        const crash = join(folder, "crash.mjs")
        writeFileSync(crash, `process.on("SIGUSR2", () => { throw new Error("as a fault would") })`)
        const terminal = openTerminal(["watch", "--sim", station], {
            env: { NODE_OPTIONS: `--import=${crash}` },
        })
        await terminal.until("largest free block")
        terminal.kill("SIGUSR2")
        const { code, output, modes } = await terminal.ended()
        expect(code).toBe(1)
        const after = output.slice(output.indexOf(LEAVE) + LEAVE.length)
        expect(after).toContain("Error: as a fault would")
        expectGivenBack(output.slice(0, output.indexOf(LEAVE) + LEAVE.length), modes)
    })

    test("at the end of a recording the screen stays until it is left", async () => {
        const terminal = watch("--replay", recording, "--speed", "max")
        await terminal.until("that was all: q quits")
        terminal.type("q")
        const { output, modes } = await terminal.ended()
        expectGivenBack(output, modes)
    })
})
