import * as v from "valibot"
import { expect, test } from "vitest"
import { FleetBoard } from "../../../../host/analysis/fleet/fleet-board"
import { PostMortems } from "../../../../host/analysis/fleet/post-mortems"
import { IncidentSchema, type Incident } from "../../../../host/documents/fleet/incident"
import type { MemoryEvent } from "../../../../host/model/events"

const START_MS = 1_700_000_000_000
const boardCalled = (name: string) =>
    new FleetBoard({
        name,
        about: {
            program: { entry: "src/main.ts" },
            board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
            vm: { version: null },
        },
    })

function sample(atMs: number, liveBytes = 2_000): MemoryEvent {
    return {
        ...{ kind: "sample", atMs, usedBytes: liveBytes + 500, liveBytes, freeBytes: 5_000 },
        ...{ largestFreeBytes: 4_000, collections: 0, allocations: 0, allocatedBytes: 0 },
    }
}
const runtime = (atMs: number, text: string): MemoryEvent => ({
    ...{ kind: "log", atMs, level: "runtime", text },
})

function told(events: readonly [board: FleetBoard, event: MemoryEvent][]) {
    const incidents: Incident[] = []
    const found = new PostMortems(incident => incidents.push(incident))
    for (const [board, event] of events) found.event(board, event, START_MS + event.atMs)
    return { groups: found.summary(), incidents }
}

test("a death at a port has the place that the runtime's trace names, and the last samples", () => {
    const till = boardCalled("till")
    const { groups, incidents } = told([
        ...Array.from({ length: 50 }, (_, i) => [till, sample(i * 1000, 1000 + i)] as const),
        [till, { kind: "panic", atMs: 50_000, code: 60_004 }],
        [till, runtime(50_001, "!  at push_F3 (src/orders.ts:12:9)")],
        [till, runtime(50_002, "!  at main_F0 (src/main.ts:40:1)")],
        // Who watches has a clock that goes on.
        [till, sample(58_000)],
        [till, { kind: "panic", atMs: 60_000, code: 60_004 }],
        [till, runtime(60_001, "!  at push_F3 (src/orders.ts:12:9)")],
    ] as [FleetBoard, MemoryEvent][])
    expect(groups).toEqual([
        {
            ...{ cause: "out-of-memory", place: "src/orders.ts:12:9", deaths: 2 },
            ...{ boards: ["till"], lastMs: START_MS + 60_000 },
        },
    ])
    expect(incidents.map(({ uptimeMs }) => uptimeMs)).toEqual([50_000, 10_000])
    expect(incidents[0]!.samples.at(-1)).toMatchObject({ atMs: 49_000, liveBytes: 1049 })
    expect(incidents[0]!.samples).toHaveLength(20)
    for (const incident of incidents)
        expect(v.parse(IncidentSchema, JSON.parse(JSON.stringify(incident)))).toEqual(incident)
})

test("a board that begins anew died where nobody heard it; deaths alike are one group", () => {
    const boards = ["a", "b", "c"].map(boardCalled)
    const { groups, incidents } = told(
        boards.flatMap((board): [FleetBoard, MemoryEvent][] => [
            [board, sample(1000)],
            [board, sample(90_000, 60_000)],
            [board, sample(1000)],
        ]),
    )
    expect(groups).toMatchObject([{ cause: "unheard", deaths: 3, boards: ["a", "b", "c"] }])
    expect(incidents[0]).toMatchObject({ uptimeMs: 90_000, samples: [{}, { liveBytes: 60_000 }] })
    expect(incidents[0]!.panicCode).toBeUndefined()
})

test("what boards say makes no more groups than there is room for", () => {
    const board = boardCalled("hostile")
    const events = Array.from({ length: 1000 }, (_, i): [FleetBoard, MemoryEvent][] => [
        [board, { kind: "panic", atMs: i, code: 60_005 }],
        [board, runtime(i, `!  at f (src/${i}.ts:1:1)`)],
    ])
    expect(told(events.flat()).groups.length).toBe(200)
})

const lastReport = (atMs: number, of: object): MemoryEvent => ({ kind: "last-report", atMs, ...of })
const told1 = { run: 1, uptimeMs: 80_000, filledBytes: 60_000 }

test.each([
    ["in the log, before its first sample", [lastReport(0, told1), sample(1000)]],
    ["by a broker, after it", [sample(1000), lastReport(1000, told1)]],
    ["again at each start", [lastReport(0, told1), sample(1000), lastReport(2000, told1)]],
])("what a board kept of its death is told with its samples: %s", (_, start) => {
    const till = boardCalled("till")
    const before = Array.from({ length: 9 }, (__, i) => sample((i + 1) * 10_000))
    const { incidents, groups } = told(
        [...before, ...start, sample(3000)].map(event => [till, event]),
    )
    expect(groups).toMatchObject([{ cause: "unheard", deaths: 1 }])
    expect(incidents).toMatchObject([
        { uptimeMs: 90_000, kept: { uptimeMs: 80_000, filledBytes: 60_000 } },
    ])
    expect(incidents[0]!.samples).toHaveLength(9)
    expect(v.parse(IncidentSchema, JSON.parse(JSON.stringify(incidents[0])))).toEqual(incidents[0])
})

test("of a run that nobody heard, what the board kept is all; an exception is its cause", () => {
    const till = boardCalled("till")
    const { incidents } = told(
        [
            sample(1000),
            lastReport(1000, told1),
            lastReport(1000, { exception: "RangeError: too far" }),
            ...Array.from({ length: 9 }, (_, i) => sample(2000 + i)),
        ].map(event => [till, event]),
    )
    expect(incidents).toMatchObject([
        {
            ...{ cause: "unhandled-exception", exception: "RangeError: too far" },
            ...{ uptimeMs: 80_000, samples: [] },
        },
    ])
})
