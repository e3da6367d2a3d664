import { describe, expect, test } from "vitest"
import { ListenedTime } from "../../../../host/analysis/recordings/listened-time"
import { RecordedRun } from "../../../../host/analysis/recordings/recorded-run"
import { StretchFinder } from "../../../../host/analysis/recordings/stretches"
import { RECORDING_SCHEMA } from "../../../../host/documents/recording-format"
import type { LinkPhase, MemoryEvent } from "../../../../host/model/events"
import { HEADER } from "../../recording/sample-events"

const header = { schema: RECORDING_SCHEMA, startedAt: "2026-11-26T07:00:00Z", ...HEADER } as const
const [OLD, NEW] = ["a".repeat(64), "b".repeat(64)]
const line = (atMs: number, text: string, level: "log" | "runtime" = "runtime"): MemoryEvent => ({
    ...{ kind: "log", atMs, level, text },
})
const start = (atMs: number) => line(atMs, "* start: station (null)")
const hash = (atMs: number, sha256: string) => line(atMs, `DevS-SHA256: ${sha256}`)
const link = (atMs: number, phase: LinkPhase): MemoryEvent => ({
    ...{ kind: "link", atMs, phase, message: "" },
})
const panic = (atMs: number, code = 60_004): MemoryEvent => ({ kind: "panic", atMs, code })
const sample = (atMs: number, collections: number): MemoryEvent => ({
    ...{ kind: "sample", atMs, usedBytes: 5000, liveBytes: 4000, freeBytes: 60_524 },
    ...{ largestFreeBytes: 60_000, collections, allocations: 9, allocatedBytes: collections * 100 },
})
const structures = (atMs: number, highWaterMark: number, refused: number): MemoryEvent => ({
    ...{ kind: "structures", atMs },
    structures: [{ name: "orders", length: 1, capacity: 12, highWaterMark, refused }],
})

function fold(...events: MemoryEvent[]): RecordedRun {
    const run = new RecordedRun(header)
    const time = new ListenedTime()
    for (const event of events) run.add(event, time.add(event))
    return run
}

describe("restarts", () => {
    test("the first start is none, a second one is", () => {
        expect(fold(start(0), sample(10, 1), sample(20, 2)).restarts).toBe(0)
        expect(fold(start(0), sample(10, 1), start(15), sample(20, 0)).restarts).toBe(1)
    })

    test("are seen by counts that begin anew, where nobody says so", () => {
        expect(fold(sample(10, 5), sample(20, 1)).restarts).toBe(1)
    })

    test("who prints after its death has been started again, once", () => {
        const died = [start(0), sample(10, 3), panic(20)]
        expect(fold(...died).restarts).toBe(0)
        const again = fold(...died, start(30), line(31, "hello", "log"), sample(40, 0))
        expect(again).toMatchObject({ restarts: 1, deaths: 1 })
        expect(fold(...died, line(31, "hello", "log"), sample(40, 0)).restarts).toBe(1)
    })
})

test("what is counted goes on over restarts", () => {
    const run = fold(start(0), sample(10, 5), start(15), sample(20, 2), sample(30, 3))
    expect(run.collections.total).toBe(8)
    const uses = [structures(10, 3, 2), structures(20, 9, 4), structures(30, 2, 1)]
    const use = { capacity: 12, highWaterMark: 9 }
    expect(fold(start(0), ...uses).structures.get("orders")).toEqual({ ...use, refused: 5 })
    // Of a board that runs already, what was before is not of the recording.
    expect(fold(...uses, start(40)).structures.get("orders")).toEqual({ ...use, refused: 3 })
})

test("deaths are kept by their cause, with the line of the last one", () => {
    const at = { function: "take", file: "src/main.ts", line: 7, column: 3 }
    const run = fold(
        panic(10),
        start(20),
        { ...panic(30), stack: [at] } as MemoryEvent,
        panic(40, 1),
    )
    expect(run.causes.get(60_004)).toMatchObject({ name: "out-of-memory", count: 2, at })
    expect(run.causes.get(1)).toMatchObject({ name: "program-panic", count: 1 })
    expect(run.summary("a", OLD)).toMatchObject({ deaths: 3, firstDeathMs: 10 })
})

test("time in which nobody reaches the board is not recorded", () => {
    const run = fold(
        ...[link(0, "connecting"), link(1000, "open"), sample(3000, 1), link(4000, "lost")],
        ...[link(9000, "connecting"), link(10_000, "open"), sample(12_000, 2)],
    )
    expect(run.recordedMs).toBe(5000)
    run.add(link(12_000, "lost"), 0)
    expect(run.summary("a", OLD).judgement.headline).toMatch(/it was watched for 5 s$/)
})

describe("programs", () => {
    const find = (...events: MemoryEvent[]) => {
        const finder = new StretchFinder()
        for (const event of events) finder.add(event)
        return finder
    }

    test("what comes after the board is connected is of the program that it then names", () => {
        const { programs, stretches } = find(
            ...[link(0, "connecting"), link(1, "open"), sample(2, 1)],
            ...[{ kind: "program", atMs: 3, sha256: OLD } as const, sample(4, 1)],
            ...[link(5, "lost"), link(6, "connecting"), link(7, "open"), sample(8, 1)],
            ...[{ kind: "program", atMs: 9, sha256: NEW } as const],
        )
        expect(programs).toEqual([OLD, NEW])
        expect(stretches).toEqual([
            { from: 0, sha256: OLD },
            { from: 5, sha256: NEW },
        ])
    })

    test("its runtime names it at each start, too", () => {
        const { stretches } = find(hash(0, OLD), start(1), hash(2, OLD), hash(3, NEW), start(4))
        expect(stretches).toEqual([
            { from: 0, sha256: OLD },
            { from: 3, sha256: NEW },
        ])
    })

    test("a board that comes back without a word is what it was", () => {
        const { programs, stretches } = find(
            ...[hash(0, OLD), link(1, "lost"), link(2, "open"), sample(3, 1)],
        )
        expect(programs).toEqual([OLD])
        expect(stretches.map(({ sha256 }) => sha256)).toEqual([OLD, OLD])
    })
})

test("what a structure has been worth is counted from the first that was heard of it", () => {
    const asked = (atMs: number, asked: number, hits: number): MemoryEvent => ({
        ...{ kind: "structures", atMs },
        structures: [
            {
                ...{ name: "prices", length: 4, capacity: 4, highWaterMark: 4, refused: 0 },
                worth: { kind: "hit", asked, hits },
            },
        ],
    })
    const worthOf = (...events: MemoryEvent[]) => fold(...events).structures.get("prices")!.worth
    expect(worthOf(sample(10, 5), asked(20, 10, 5), asked(30, 30, 20))).toEqual({
        ...{ kind: "hit", asked: 20, hits: 15 },
    })
    const again = [start(0), asked(20, 10, 5), start(25), asked(30, 8, 2)]
    expect(worthOf(...again)).toEqual({ kind: "hit", asked: 18, hits: 7 })
    expect(fold(start(0), structures(10, 3, 2)).structures.get("orders")!.worth).toBeUndefined()
})
