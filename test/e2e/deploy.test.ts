import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { fromRoot } from "../vm/harness"
import { packageRoot } from "../../host/base/node/package-root"
import type { MemoryEvent } from "../../host/model/events"
import { pty } from "../vm/link/pty"
import { until } from "../vm/link/rig"
import { heapscopeHere } from "./command"
import { CLI, openTerminal } from "./terminal"

const cwd = packageRoot()
const program = "test/vm/programs/counting.ts"
let served: { address: string; close(): Promise<number | null> }
let cable: Awaited<ReturnType<typeof pty>>

/** Runs `heapscope` as built, without a terminal. */
const heapscope = (...args: string[]) => heapscopeHere(args, { cwd })

/** The same in a process of its own. */
function heapscopeProcess(
    ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise(resolve =>
        execFile(process.execPath, [CLI, ...args], { cwd }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        ),
    )
}

beforeAll(async () => {
    const sim = spawn(
        process.execPath,
        [CLI, "sim", "test/vm/programs/live-timers.ts", "--serve", "tcp://127.0.0.1:0", "--json"],
        { cwd },
    )
    const [line] = (await once(sim.stdout, "data")) as [Buffer]
    const document = JSON.parse(line.toString()) as { schema: string; address: string }
    expect(document.schema).toBe("heapscope/serve@1")
    served = {
        address: document.address,
        close: async () => {
            sim.kill("SIGINT")
            const [code] = (await once(sim, "exit")) as [number | null]
            return code
        },
    }
    cable = await pty(Number(new URL(document.address).port))
})
afterAll(async () => {
    await cable.close()
    expect(await served.close()).toBe(130)
})

test("deploy puts a program on the board at a pty, and leaves it alone the second time", async () => {
    const results = []
    for (let time = 0; time < 2; time++) {
        const { code, stdout, stderr } = await heapscopeProcess(
            "deploy",
            program,
            "--port",
            cable.path,
            "--json",
        )
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
        results.push(JSON.parse(stdout))
    }
    const [first, second] = results
    expect(first).toMatchObject({
        schema: "heapscope/deploy@1",
        program: { entry: program },
        port: cable.path,
        changed: true,
        running: true,
    })
    expect(second).toEqual({ ...first, changed: false })
})

describe("deploy --watch", () => {
    test("tells of the program from its first line on, a death with its source line", async () => {
        const dies = "test/vm/programs/die-exception.ts"
        const child = spawn(
            process.execPath,
            [CLI, "deploy", dies, "--port", cable.path, "--watch", "--json"],
            { cwd },
        )
        let stdout = ""
        child.stdout.on("data", (data: Buffer) => (stdout += data.toString()))
        const exited = once(child, "exit")
        try {
            await until(() => stdout.includes(`"kind":"panic"`), 30_000)
            await until(() => stdout.includes("* stop program"))
        } finally {
            child.kill("SIGINT")
        }
        expect(await exited).toEqual([130, null])
        const [deployed, ...events] = stdout
            .trimEnd()
            .split("\n")
            .map(line => JSON.parse(line) as MemoryEvent & { schema?: string })
        expect(deployed).toMatchObject({ schema: "heapscope/deploy@1", changed: true })
        const log = events.flatMap(event => (event.kind === "log" ? [event.text] : []))
        // The program before it said other things.
        const said = events.filter(event => event.kind === "log" && event.level === "log")
        expect(said[0]).toMatchObject({ text: "checked 1" })
        expect(log).toContainEqual(expect.stringMatching(/at check_F.*die-exception\.ts:2:20$/))
        expect(events).toContainEqual(expect.objectContaining({ kind: "panic", code: 60_005 }))
        // What the board told comes to this, as the last thing said.
        expect(events.at(-1)).toMatchObject({
            kind: "judgement",
            judgement: { severity: "bad", headline: expect.stringMatching(/^unhandled exception/) },
        })
    })

    test("shows the screen on a terminal, and gives it back with the link", async () => {
        const agent = "test/vm/programs/agent.ts"
        const terminal = openTerminal(["deploy", agent, "--port", cable.path, "--watch"])
        await terminal.until("verified by the board, SHA-256")
        await terminal.until("used about")
        await terminal.until("second.queue")
        terminal.type("q")
        expect((await terminal.ended()).code).toBe(0)
        const { code, stdout } = await heapscope("deploy", agent, "--port", cable.path)
        expect(code).toBe(0)
        expect(stdout).toMatch(
            /✓ [^]*\n {2}next: heapscope watch --port \S+ --program \S+agent\.ts /,
        )
    })
})

test("a program too big for the board is told before anything is looked for", async () => {
    const folder = fromRoot("test/vm/programs/.devicescript")
    mkdirSync(folder, { recursive: true })
    const tables = [0, 1, 2, 3].map(
        index => `const table${index} = hex\`${String(index).repeat(60_000)}\``,
    )
    const sum = "table0.length + table1.length + table2.length + table3.length"
    const path = join(folder, "big.ts")
    writeFileSync(path, [...tables, `console.log(${sum})`].join("\n"))
    const nowhere = ["--port", "tcp://127.0.0.1:1"]
    const pico = await heapscope("deploy", path, "--board", "pico", ...nowhere)
    expect(pico).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(
            /too big: it is 120,\d\d\d B of bytecode, and a Raspberry Pi Pico has room for 110,464 B/,
        ),
    })
    // Simulated, it is not taken either.
    const simulated = await heapscope("sim", path, "--board", "pico", "--for", "1s", "--json")
    expect(simulated.code).toBe(2)
    expect(JSON.parse(simulated.stdout)).toMatchObject({ error: { code: "E_PROGRAM_TOO_BIG" } })
    // What board it is can be asked of the board only; there are some that it fits.
    const unknown = await heapscope("deploy", path, ...nowhere)
    expect(unknown.stderr).toMatch(/cannot be reached/)
}, 90_000)

test("ports lists what there is as JSON", async () => {
    const { code, stdout } = await heapscopeProcess("ports", "--json")
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ schema: "heapscope/ports@1" })
})

test.each<[string, string[], RegExp]>([
    ["no such port", ["deploy", program, "--port", "/dev/none"], /there is no such port/],
    ["nobody there", ["deploy", program, "--port", "tcp://127.0.0.1:1"], /cannot be reached/],
    ["no port at all", ["deploy", program, "--port", "http://x"], /only tcp:\/\//],
    ["watching what is stopped", ["deploy", "--watch", "--no-start"], /leave out --no-start/],
    ["recording nothing", ["deploy", "--record", "x"], /add --watch/],
    ["an address that is none", ["sim", program, "--serve", "127.0.0.1"], /tcp:\/\/host:port/],
    ["flags for a run", ["sim", "--serve", "tcp://127.0.0.1:0", "--out", "x"], /leave out --out/],
])("%s: one message and exit code 2", async (_, args, message) => {
    const { code, stdout, stderr } = await heapscope(...args)
    expect(code).toBe(2)
    expect(stdout).toBe("")
    expect(stderr).toMatch(message)
})
