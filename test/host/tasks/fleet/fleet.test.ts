import { describe, expect, it } from "vitest"
import {
    boardName,
    FleetBoard,
    type BoardReading,
} from "../../../../host/analysis/fleet/fleet-board"
import type { MemoryEvent } from "../../../../host/model/events"
import { fleetMetrics } from "../../../../host/sinks/fleet/fleet-metrics"
import { prometheusText } from "../../../../host/sinks/metrics/prometheus-text"
import { Fleet } from "../../../../host/tasks/fleet/fleet"

const about = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: null },
}
const source = (how: string) => ({ how, run: () => Promise.resolve() })

function sample(atMs: number): MemoryEvent {
    return {
        ...{ kind: "sample", atMs, usedBytes: 3_000, liveBytes: 2_000, freeBytes: 5_000 },
        ...{ largestFreeBytes: 4_000, collections: 2, allocations: 9, allocatedBytes: 700 },
    }
}

function fleetOf(maxBoards?: number) {
    const notes: string[] = []
    const readings: BoardReading[] = []
    const fleet = new Fleet({ maxBoards, notify: text => notes.push(text), now: () => 50_000 })
    fleet.listen({ reading: reading => readings.push(reading) })
    return { fleet, notes, readings, intake: fleet.intakeOf(source("a port")) }
}

describe("a fleet", () => {
    it("tells each report once, and accounts for those that came twice or never", () => {
        const { fleet, intake, readings } = fleetOf()
        const board = intake.board({ name: "kitchen", about })!
        for (const sequence of [0, 1, 1, 4])
            board.tell([sample(sequence * 1000)], {
                sequence,
                receivedMs: 50_000 + sequence * 1000,
            })
        expect(readings.map(({ atMs }) => atMs)).toEqual([50_000, 51_000, 54_000])
        const text = prometheusText(fleetMetrics(fleet.boards.values()))
        expect(text).toContain('devicescript_reports_total{device_id="kitchen"} 3')
        expect(text).toContain('devicescript_reports_missed_total{device_id="kitchen"} 2')
        expect(text).toContain('devicescript_reports_doubled_total{device_id="kitchen"} 1')
        expect(text.match(/^# TYPE devicescript_reports_total/gm)).toHaveLength(1)
    })

    it("takes who does not report any more for gone, and for there with the next report", () => {
        const { fleet, intake, readings } = fleetOf()
        const went: string[] = []
        fleet.listen({ went: ({ name }) => went.push(name) })
        const told = (name: string, intervalMs: number) => {
            const board = intake.board({ name, about })!
            // The last one came 40 s ago.
            for (const i of [0, 1])
                board.tell([sample(i * intervalMs)], { receivedMs: 10_000 - intervalMs * (1 - i) })
            return board
        }
        const quick = told("quick", 1000)
        told("slow", 5000)
        fleet.look()
        fleet.look()
        expect(went).toEqual(["quick"])
        expect([...fleet.boards.values()].map(({ isHere }) => isHere)).toEqual([false, undefined])
        const values = (name: string) =>
            readings.at(-1)!.metrics.find(metric => metric.name === name)!.values
        expect(values("devicescript.memory.usage")).toEqual([])
        expect(values("devicescript.board.reached")).toEqual([{ labels: {}, value: 0 }])
        quick.tell([sample(2000)], { receivedMs: 50_000 })
        expect(values("devicescript.memory.usage")).toHaveLength(3)
        expect(values("devicescript.board.reached")).toEqual([{ labels: {}, value: 1 }])
    })

    it("takes a run that goes just as the one before, which died, for another run", () => {
        const { intake } = fleetOf()
        const board = intake.board({ name: "till", about })!
        for (let life = 0; life < 3; life++) {
            for (let sequence = 0; sequence < 5; sequence++)
                board.tell([sample(sequence * 1000)], { sequence })
            board.tell([{ kind: "panic", atMs: 5000, code: 60_004 }])
        }
        expect(board.board.count).toMatchObject({ received: 15, missed: 0, doubled: 0 })
    })

    it("has one board of a name, and no more than it is to have", () => {
        const { fleet, notes, intake } = fleetOf(2)
        expect(intake.board({ name: "a", about })?.board).toBe(
            intake.board({ name: "a", about })?.board,
        )
        expect(fleet.intakeOf(source("a topic")).board({ name: "a", about })).toBeUndefined()
        expect(intake.board({ name: "b", about })).toBeDefined()
        for (let i = 0; i < 5; i++) expect(intake.board({ name: "c", about })).toBeUndefined()
        expect(fleet.refused).toBe(6)
        expect(notes).toEqual([
            "a is not taken: a board of that name is reached another way: a port",
            "c is not taken: there are 2 boards already",
        ])
    })

    it("has no figures of a board that has left, though its counts stay", () => {
        const { fleet, intake, readings } = fleetOf()
        const board = intake.board({ name: "a", about })!
        board.tell([sample(10)])
        board.gone()
        expect(readings).toHaveLength(2)
        const text = prometheusText(fleetMetrics(fleet.boards.values()))
        expect(text).not.toContain("devicescript_memory_usage_bytes")
        expect(text).toContain('devicescript_board_reached{device_id="a"} 0')
        expect(text).toContain('devicescript_reports_total{device_id="a"} 1')
    })

    it("lets a hostile board make no more series than any other", () => {
        const board = new FleetBoard({ name: "x", about })
        const counts = [1, 300].map(rounds => {
            for (let i = 0; i < rounds; i++)
                board.add(
                    [
                        sample(i),
                        { kind: "program", atMs: i, sha256: `hash ${i}` },
                        {
                            kind: "structures",
                            atMs: i,
                            structures: [
                                {
                                    name: `s${i}"\n`,
                                    length: 1,
                                    capacity: 1,
                                    highWaterMark: 1,
                                    refused: i,
                                },
                            ],
                        },
                    ],
                    { receivedMs: i },
                )
            return board.metrics().flatMap(({ values }) => values).length
        })
        expect(counts[1]! - counts[0]!).toBe(15 * 4)
    })

    it("tells boards apart whose long names begin alike", () => {
        const [a, b] = ["a", "b"].map(end => boardName("x".repeat(100) + end))
        expect(a).not.toBe(b)
        expect(a).toHaveLength(64)
        expect(boardName("\u001b[31mred")).toMatch(/^red~[\da-f]{8}$/)
        expect(boardName("kitchen")).toBe("kitchen")
    })
})
