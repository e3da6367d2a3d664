import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, expect, test } from "vitest"
import type { MemoryEvent } from "../../host/model/events"
import type { VirtualBoard } from "../../host/simulator/served/virtual-board"
import { packageRoot } from "../../host/base/node/package-root"
import { parseSnapshot } from "../../host/analysis/snapshot/snapshot-file"
import { relay } from "../vm/link/relay"
import { pty } from "../vm/link/pty"
import { serve, until } from "../vm/link/rig"
import { heapscopeHere } from "./command"
import { CLI, openTerminal } from "./terminal"

const PROGRAM = "test/vm/programs/exact-half-full.ts"
/** It has no agent. */
const WASTEFUL = "devs/station/wasteful.ts"
const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

/** A board, and a cable to it on which every packet is late: a halt takes seconds. */
async function slowBoard(program = "exact-half-full") {
    const served = await serve(program)
    closing.push(served.close)
    const cable = await relay(served.port, { late: 1, lateMs: 30 })
    closing.push(cable.close)
    return { ...served, slow: `tcp://127.0.0.1:${cable.port}` }
}

/** Offset of `suspension` in the runtime's context (`devs_ctx_t`). */
const SUSPENSION = 70

/** Whether the program on a board stands still, from the board's own memory. */
function isHalted({ simulated: { tracker } }: VirtualBoard): boolean {
    if (!tracker.heap) return false
    const address = tracker.context() + SUSPENSION
    return ((tracker.heap.words[address >>> 2]! >>> ((address & 3) * 8)) & 0xff) !== 0
}

function heapscope(...args: string[]) {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: packageRoot() })
    const seen = { stdout: "", stderr: "" }
    child.stdout.on("data", (data: Buffer) => (seen.stdout += data.toString()))
    child.stderr.on("data", (data: Buffer) => (seen.stderr += data.toString()))
    const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...seen }))
    return { child, seen, ended }
}

function eventsIn(stdout: string): MemoryEvent[] {
    const lines = stdout.split("\n").filter(line => line.endsWith("}"))
    return lines.map(line => JSON.parse(line) as MemoryEvent)
}

test("snapshot --port shows a board's heap as it shows a simulated one's, over a pty", async () => {
    const { board, port } = await serve("exact-half-full").then(served => {
        closing.push(served.close)
        return served
    })
    const cable = await pty(port)
    closing.push(cable.close)
    const folder = mkdtempSync(join(tmpdir(), "heapscope-exact-"))
    closing.push(() => rmSync(folder, { recursive: true }))
    const file = (name: string) => join(folder, name)
    const { code, stdout, stderr } = await heapscope(
        ...["snapshot", "--port", cable.path, "--program", PROGRAM, "--out", file("a.json")],
        ...["--map", file("a.svg"), "--heapsnapshot", file("a.heapsnapshot"), "--top", "5"],
    ).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout).toMatch(/the program stood\s+still\s+for\s+[\d.]+ m?s/)
    expect(stdout).toContain("{id, text, samples}")
    expect(readFileSync(file("a.svg"), "utf8")).toContain("<svg")
    const written = JSON.parse(readFileSync(file("a.json"), "utf8"))
    expect(written).toMatchObject({
        schema: "heapscope/snapshot@1",
        program: { entry: PROGRAM, bytecodeBytes: expect.any(Number) },
        board: { id: "pico", heapBytes: 65_536 },
        vm: { version: "2.16.4" },
    })
    expect(written.nodes.length).toBeGreaterThan(150)
    expect(isHalted(board)).toBe(false)

    const json = await heapscopeHere(["snapshot", "--port", cable.path, "--json"])
    expect(json.code).toBe(0)
    const bare = JSON.parse(json.stdout)
    expect(bare.program.sha256).toBe(written.program.sha256)
    const diff = await heapscopeHere(["diff", file("a.json"), file("a.json")])
    expect(diff.code).toBe(0)
})

test("snapshot --port shows what the debugger can reach of a program without the agent, as that", async () => {
    const { board, address, close } = await serve(WASTEFUL, { speed: 10 })
    closing.push(close)
    await until(() => board.simulated.nowMs > 20_000)
    const flags = ["--port", address, "--program", WASTEFUL]
    const { code, stdout, stderr } = await heapscope("snapshot", ...flags).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(stdout.replace(/\s+/g, " ")).toContain(
        "What the debugger can reach of a program without the agent: sizes are worked out, garbage and free bytes are not known. Link the agent for exact figures.",
    )
    expect(stdout).toMatch(/about [\d,]+ B reached/)
    expect(stdout).toMatch(/history\[\] +\{id, place, /)
    expect(stdout).not.toMatch(/ used of |largest free block|garbage [\d,]/)
    expect(isHalted(board)).toBe(false)

    const json = await heapscopeHere(["snapshot", ...flags, "--json"])
    expect(json).toMatchObject({ code: 0, stderr: "" })
    const { heap, blocks, nodes } = parseSnapshot(json.stdout, "the output")
    expect(heap).toEqual({
        reach: "debugger",
        liveBytes: expect.any(Number),
        runtimeBytes: expect.any(Number),
        unread: 0,
    })
    expect(blocks).toEqual([])
    expect(nodes.length).toBeGreaterThan(60)
})

test.each([
    ["a map without the agent", "counting", ["--map", "none.svg"], /map needs the exact heap/],
    [
        "another program",
        "exact-half-full",
        ["--program", "test/vm/programs/counting.ts"],
        /deploy it/,
    ],
    ["a moment", "counting", ["--at", "5m"], /--at goes with a simulated board/],
])("%s is one message", async (_, name, flags, message) => {
    const { address, close } = await serve(name)
    closing.push(close)
    const args = ["snapshot", "--port", address, ...flags]
    const { code, stdout, stderr } = await heapscopeHere(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toMatch(message)
    expect(stderr.trim().split("\n")).toHaveLength(1)
})

test.each([
    ["of a board", "exact-half-full"],
    ["of what the debugger can reach", WASTEFUL],
])("Ctrl-C in the middle of a snapshot %s lets the program go on first", async (_, program) => {
    const { board, slow } = await slowBoard(program)
    const { child, ended } = heapscope("snapshot", "--port", slow)
    await until(() => isHalted(board), 20_000)
    child.kill("SIGINT")
    const { code, stdout } = await ended
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" })
    expect(isHalted(board)).toBe(false)
})

test("a watch killed in the middle leaves a board halted, which the next one tells of and lets go", async () => {
    const { board, slow, address } = await slowBoard()
    const watch = heapscope("watch", "--port", slow, "--json", "--exact-every", "2s")
    await until(() => isHalted(board), 20_000)
    watch.child.kill("SIGKILL")
    await watch.ended
    expect(isHalted(board)).toBe(true)

    const next = heapscope("watch", "--port", address, "--json", "--exact-every", "2s")
    const has = (test: (event: MemoryEvent) => boolean) => eventsIn(next.seen.stdout).some(test)
    await until(
        () => has(event => event.kind === "log" && event.text.includes("left halted")),
        20_000,
    )
    await until(() => has(event => event.kind === "figures"), 20_000)
    next.child.kill("SIGINT")
    expect((await next.ended).code).toBe(130)
    expect(isHalted(board)).toBe(false)
})

test("a snapshot killed in the middle, too: the next one tells of it, lets it go and is taken", async () => {
    const { board, slow, address } = await slowBoard()
    const killed = heapscope("snapshot", "--port", slow)
    await until(() => isHalted(board), 20_000)
    killed.child.kill("SIGKILL")
    await killed.ended
    expect(isHalted(board)).toBe(true)
    const { code, stderr, stdout } = await heapscope("snapshot", "--port", address).ended
    expect({ code, stderr }).toEqual({
        code: 0,
        stderr: "heapscope: the board had been left halted by a debugger: it goes on now\n",
    })
    expect(stdout).toContain("Objects have no names")
    expect(isHalted(board)).toBe(false)
})

test.each(["1s", "0s", "48h", "often"])("--exact-every %s is refused", async time => {
    const flags = ["--port", "tcp://127.0.0.1:1", "--exact-every", time]
    const { code, stderr } = await heapscopeHere(["watch", ...flags])
    expect(code).toBe(2)
    expect(stderr).toContain("--exact-every")
})

test("--no-exact does not go with --exact-every, nor with a simulated board", async () => {
    const port = ["--port", "tcp://127.0.0.1:1", "--exact-every", "5s"]
    for (const flags of [port, ["--sim", "main.ts"]]) {
        const { code, stderr } = await heapscopeHere(["watch", ...flags, "--no-exact"])
        expect(code).toBe(2)
        expect(stderr).toMatch(/^heapscope: --(no-exact goes with --port|exact-every reads)/)
    }
})

test("s on the screen shows exact figures beside estimates, and writes them to the recording", async () => {
    const { address, close } = await serve("exact-half-full")
    closing.push(close)
    const folder = mkdtempSync(join(tmpdir(), "heapscope-exact-"))
    closing.push(() => rmSync(folder, { recursive: true }))
    const file = join(folder, "run.ndjson")
    const terminal = openTerminal(["watch", "--port", address, "--record", file], { columns: 140 })
    await terminal.until("s exact")
    await terminal.until("used about")
    terminal.type("s")
    await terminal.until("exactly, at")
    await terminal.until("the program stood still for")
    terminal.type("q")
    expect((await terminal.ended()).code).toBe(0)
    const kinds = eventsIn(readFileSync(file, "utf8")).map(({ kind }) => kind)
    expect(kinds).toContain("figures")
    const replayed = await heapscopeHere(["watch", "--replay", file, "--speed", "max"])
    expect(replayed.stdout).toContain("[figures] exactly used")
})
