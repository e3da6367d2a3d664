import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { encodeFrame } from "../../host/wire/framing"
import { packetFrame } from "../../host/wire/jacdac-packet"
import { edge, snapshotOf } from "../host/analysis/snapshot/hostile-snapshot"
import { build, fromRoot } from "../vm/harness"
import { until } from "../vm/link/rig"
import { CLI } from "./terminal"
import { underLoad } from "../machine-load"

const MAX_RSS_KIB = 300 * 1024
const DEVICESCRIPT_MANAGER = 0x1134ea2b
/** What a command still takes to end after Ctrl-C. A busy machine takes a little to see it. Milliseconds. */
const MAX_END_MS = 1000 + 1000

let folder: string
let talker: ChildProcess | undefined

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-hostile-"))
    writeFileSync(join(folder, "program.devs"), (await build("counting")).bytecode)
    writeFileSync(
        join(folder, "rss.mjs"),
        `import { writeFileSync } from "node:fs"
process.on("exit", () => writeFileSync("rss", String(process.resourceUsage().maxRSS)))`,
    )
})
afterEach(() => void talker?.kill("SIGKILL"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Devices that announce a service each, one after the other. */
function announcements(count: number, service: number): Uint8Array {
    const data = new Uint8Array(8)
    const view = new DataView(data.buffer)
    view.setUint32(4, service, true)
    const frames = Array.from({ length: count }, (_, i) => {
        view.setUint32(0, 0x01 + (i % 15), true)
        return encodeFrame(packetFrame(BigInt(i + 1) << 8n, 0, { service: 0, command: 0, data }))
    })
    return Buffer.concat(frames)
}

/** A serial port behind which thousands of devices announce themselves, as fast as they are heard. */
async function endlessBus(service: number) {
    writeFileSync(join(folder, "said"), announcements(10_000, service))
    talker = spawn(
        process.execPath,
        [fromRoot("test/e2e/hostile-port.mjs"), join(folder, "said")],
        {
            stdio: ["ignore", "pipe", "inherit"],
        },
    )
    let said = ""
    talker.stdout!.setEncoding("utf8").on("data", (text: string) => (said += text))
    await until(() => said.includes("\n"))
    return { path: said.split("\n")[0]!, isHeard: () => said.includes("heard") }
}

function heapscope(...args: string[]) {
    const child = spawn(process.execPath, ["--import", "./rss.mjs", CLI, ...args], {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
    })
    const seen = { stdout: "", stderr: "" }
    for (const name of ["stdout", "stderr"] as const)
        child[name].setEncoding("utf8").on("data", (text: string) => (seen[name] += text))
    const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...seen }))
    return { child, ended }
}

test.each([
    ["what is of no use", 0x14ad1a5d, /offers no DeviceScript manager/],
    ["a program's manager that never answers", DEVICESCRIPT_MANAGER, /does not answer/],
])(
    "deploy to devices without end that announce %s ends with one sentence",
    async (_, service, message) => {
        const { path, isHeard } = await endlessBus(service)
        const result = await heapscope("deploy", "program.devs", "--port", path).ended
        expect(result).toMatchObject({ code: 2, stdout: "" })
        expect(result.stderr).toMatch(message)
        expect(result.stderr.trimEnd().split("\n")).toHaveLength(1)
        expect(isHeard()).toBe(true)
        expect(Number(readFileSync(join(folder, "rss"), "utf8"))).toBeLessThan(MAX_RSS_KIB)
    },
    60_000,
)

test.each([["deploy", "program.devs"], ["snapshot"], ["watch", "--record", "record"]])(
    "Ctrl-C ends %s in a second while they talk, with JSON to say so",
    async (...command) => {
        const { path, isHeard } = await endlessBus(DEVICESCRIPT_MANAGER)
        const { child, ended } = heapscope(...command, "--port", path, "--json")
        await until(isHeard)
        const began = performance.now()
        child.kill("SIGINT")
        const { code, stdout, stderr } = await ended
        expect(performance.now() - began).toBeLessThan(underLoad(MAX_END_MS))
        expect({ code, stderr }).toEqual({ code: 130, stderr: "" })
        if (command[0] !== "watch")
            expect(JSON.parse(stdout)).toMatchObject({ error: { code: "E_INTERRUPTED" } })
        expect(readdirSync(folder).filter(name => name.startsWith("."))).toEqual([])
    },
    60_000,
)

test("Ctrl-C ends at once what is busy with one long computation", async () => {
    const chain = snapshotOf(50_000, id => [
        ...(id < 50_000 ? [edge(id + 1, `n${id}`)] : []),
        edge(1 + ((id * 7919) % 50_000)),
    ])
    writeFileSync(join(folder, "chain.json"), JSON.stringify(chain))
    const { child, ended } = heapscope("diff", "chain.json", "chain.json")
    // It takes seconds, of which the first go into its start.
    await sleep(2000)
    const began = performance.now()
    child.kill("SIGINT")
    // What a shell calls 130.
    expect(await ended).toMatchObject({ code: null, stdout: "", stderr: "" })
    expect(child.signalCode).toBe("SIGINT")
    expect(performance.now() - began).toBeLessThan(underLoad(MAX_END_MS))
})
