import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { RecordingReader } from "../../host/recording/node/recording-reader"
import { build } from "../vm/harness"

const cli = join(packageRoot(), "dist/cli.js")
const entry = join(packageRoot(), "devs/station/main.ts")
let folder: string

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-record-"))
    await build("devs/station/main.ts")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("killed in the middle of a run, a recording has all but its last second", async () => {
    const path = join(folder, "killed.ndjson")
    const args = [
        cli,
        "sim",
        entry,
        "--realtime",
        "--for",
        "1h",
        "--sample",
        "100ms",
        "--record",
        path,
    ]
    const child = spawn(process.execPath, args, { stdio: "ignore" })
    const deadline = Date.now() + 20_000
    // The header is there at once, the first event when the board runs.
    while ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) < 1000) {
        expect(Date.now()).toBeLessThan(deadline)
        await sleep(20)
    }
    const seenAt = performance.now()
    await sleep(2500)
    const ranMs = performance.now() - seenAt
    child.kill("SIGKILL")
    await once(child, "exit")

    const reader = new RecordingReader(path)
    const events = [...reader.events()]
    expect(reader.header.program.entry).toContain("station/main.ts")
    expect(reader.skipped).toMatchObject({ damagedLines: 0, unknownEvents: 0 })
    expect(events.at(-1)!.atMs).toBeGreaterThan(ranMs - 1000)
    const samples = events.filter(({ kind }) => kind === "sample").map(({ atMs }) => atMs)
    // One every 100 ms of the board's clock, to a rounding.
    expect(samples.map(Math.round)).toEqual(samples.map((_, i) => 100 * (i + 1)))
})

test("a recorded run has its structures and the source of its death, as a watched one has", async () => {
    const path = join(folder, "told.ndjson")
    const record = async (program: string, ...args: string[]) => {
        const source = join(packageRoot(), "test/vm/programs", program)
        const child = spawn(
            process.execPath,
            [cli, "sim", source, "--quiet", "--record", path, ...args],
            { stdio: "ignore" },
        )
        await once(child, "exit")
        return [...new RecordingReader(path).events()]
    }
    const told = await record("agent.ts", "--for", "5s")
    expect(told.filter(({ kind }) => kind === "structures").length).toBeGreaterThanOrEqual(4)
    expect(JSON.stringify(told)).not.toContain("hs1 ")

    const death = (await record("die-exception.ts")).find(({ kind }) => kind === "panic")
    const line = { function: "check", line: 2 }
    expect(death).toMatchObject({ code: 60_005, stack: [expect.objectContaining(line), {}, {}] })
})
