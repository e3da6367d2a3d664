import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { compareRecordings, type Recorded } from "../../host/analysis/recordings/compare-recordings"
import { RecordedRun } from "../../host/analysis/recordings/recorded-run"
import type {
    CompareRecordingsReport,
    RecordedMetric,
} from "../../host/documents/compare-recordings-report"
import { RECORDING_SCHEMA } from "../../host/documents/recording-format"
import { AgentEvents } from "../../host/link/agent/agent-events"
import { programStart } from "../../host/link/agent/program-start"
import type { MemoryEvent } from "../../host/model/events"
import { RecordingWriter } from "../../host/recording/node/recording-writer"
import { renderRecordings } from "../../host/sinks/terminal/recordings-terminal"
import { compareTwoRecordings, compareWithin } from "../../host/tasks/compare-recordings"
import { watchSimulation } from "../../host/tasks/watch-sim"
import { styleFor } from "../../host/cli/output"
import { build, powerOn, vm } from "./harness"
import { withAgent } from "./with-agent"

const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
const signal = new AbortController().signal
let folder: string
let told: string[]
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "heapscope-compare-"))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = () => {
    told = []
    return { cwd: folder, signal, notify: (text: string) => void told.push(text) }
}

async function eventsOf(name: string, forMs: number): Promise<MemoryEvent[]> {
    const source = watchSimulation(await build(name), { board, forMs, speed: Infinity, seed: 1 })
    const events: MemoryEvent[] = []
    for await (const event of source.events(signal)) events.push(event)
    return events
}

async function write(file: string, events: readonly MemoryEvent[]): Promise<string> {
    const about = { program: { entry: "/dev/ttyACM0" }, board, vm: { version: null } }
    const writer = new RecordingWriter(join(folder, file), about)
    for (const event of events) writer.add(event)
    await writer.close()
    return file
}

const rowOf = (report: CompareRecordingsReport, metric: RecordedMetric) =>
    report.rows.find(row => row.metric === metric)!

describe("recordings of simulated boards are compared exactly", () => {
    test("the leak is gone", async () => {
        const [leak, mended] = await Promise.all([
            eventsOf("die-leak", 600_000),
            eventsOf("agent", 60_000),
        ])
        const report = await compareTwoRecordings(
            [await write("leak.ndjson", leak), await write("mended.ndjson", mended)],
            options(),
        )
        expect(report.a).toMatchObject({ deaths: 1, restarts: 0, estimates: 0 })
        expect(report.a.program.sha256).toMatch(/^[0-9a-f]{64}$/)
        expect(rowOf(report, "time to death")).toMatchObject({ b: null, told: "better" })
        expect(rowOf(report, "most live")).toMatchObject({ told: "better" })
        const end = leak.find(event => event.kind === "end")!
        expect(rowOf(report, "most live").a!.value).toBe(end.heap!.highWaterLiveBytes)
        expect(report.deaths).toMatchObject([{ code: 60_004, a: 1, b: 0, told: "better" }])
        expect(report.deaths[0]!.at!.file).toMatch(/die-leak\.ts$/)
        expect(report.structures.map(({ name }) => name)).toContain("third_queue")
        expect(report.notes.join()).toMatch(/^Recorded for .* and 1 m/)
        const text = renderRecordings(report, styleFor({ isTTY: false, columns: 80 }, false))
        expect(Math.max(...text.split("\n").map(line => line.length))).toBeLessThanOrEqual(80)
        expect(text).toMatch(/^mended\.ndjson lives where leak\.ndjson died after/)
    })

    test("the same run twice differs in nothing", async () => {
        const events = await eventsOf("agent", 20_000)
        const files = [await write("1.ndjson", events), await write("2.ndjson", events)] as const
        const report = await compareTwoRecordings(files, options())
        expect(report.rows.map(({ told }) => told)).toEqual(report.rows.map(() => "same"))
        expect(report.notes).toEqual(["Both are of the same program, by its hash."])
    })
})

test("one recording that holds two programs is taken apart by their hashes", async () => {
    const [before, after] = await Promise.all([
        eventsOf("agent", 20_000),
        eventsOf("counting", 20_000),
    ])
    const apart = [
        await write("before.ndjson", before),
        await write("after.ndjson", after),
    ] as const
    const later = after.map(event => ({ ...event, atMs: event.atMs + 20_000 }))
    const both = await write("both.ndjson", [...before, ...later])
    const expected = await compareTwoRecordings(apart, options())
    const report = await compareWithin(both, options())
    expect(report.a.program.sha256).not.toBe(report.b.program.sha256)
    // What firmware says before it names its program is of what was there before.
    for (const metric of ["median live", "most live", "least largest hole"] as const)
        expect(rowOf(report, metric)).toEqual(rowOf(expected, metric))
    expect(report.structures).toEqual(expected.structures)
    await expect(compareWithin(apart[0], options())).rejects.toThrow(/holds one program alone/)
    await compareTwoRecordings([apart[0], both], options())
    expect(told).toEqual([expect.stringMatching(/both\.ndjson holds 2 programs: the last one/)])
})

test("of estimates nothing is told that the heaps themselves do not say", async () => {
    const programs = ["station/main", "station/wasteful"].concat(
        ["zero-size-types", "packed", "heap"].map(name => `lessons/${name}/wasteful`),
    )
    const startedAt = "2026-11-26T07:00:00Z"
    const header = { schema: RECORDING_SCHEMA, board, vm: { version: null }, startedAt } as const
    const found = []
    for (const entry of programs) {
        const { heapBytes } = board
        const { board: machine, log, program } = await powerOn(withAgent(entry), heapBytes)
        const start = programStart(vm, { heapBytes }, program)
        const agent = new AgentEvents(heapBytes, undefined, start)
        const runs = [0, 1].map(() => new RecordedRun({ ...header, program: { entry } }))
        let read = 0
        while (machine.nowMs < 30_000 && machine.step(30_000))
            for (; read < log.length; read++)
                for (const event of agent.add(log[read]!)) {
                    if (event.kind !== "sample") continue
                    runs[0]!.add(event, 500)
                    runs[1]!.add({ kind: "sample", ...machine.sample() }, 500)
                }
        found.push(runs.map((run): Recorded => ({ run, summary: run.summary(entry, undefined) })))
    }
    let count = 0
    let wrong = 0
    for (const [i, a] of found.entries())
        for (const b of found.slice(i + 1)) {
            const [estimated, exact] = [0, 1].map(side => compareRecordings(a[side]!, b[side]!))
            for (const metric of [
                "median live",
                "most live",
                "median used",
                "most used",
            ] as const) {
                const { told } = rowOf(estimated!, metric)
                expect(told).not.toBe("same")
                if (told === "not-told") continue
                count++
                const { a, b } = rowOf(estimated!, metric)
                const { a: trueA, b: trueB } = rowOf(exact!, metric)
                if (b!.value > a!.value !== trueB!.value > trueA!.value) wrong++
            }
            for (const metric of ["collections", "churn"] as const)
                expect(rowOf(estimated!, metric).told).toBe("not-told")
            expect(rowOf(estimated!, "churn")).toMatchObject({ a: null, b: null })
            expect(rowOf(exact!, "churn").a!.value).toBeGreaterThan(0)
        }
    expect(count).toBeGreaterThan(10)
    expect(wrong).toBe(0)
})
