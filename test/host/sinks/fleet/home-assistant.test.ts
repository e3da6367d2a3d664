import fc from "fast-check"
import { expect, test } from "vitest"
import { FleetBoard } from "../../../../host/analysis/fleet/fleet-board"
import {
    boardId,
    boardTopics,
    discovery,
    stateOf,
} from "../../../../host/sinks/fleet/home-assistant-discovery"
import { takenByHomeAssistant } from "./home-assistant-rules"

const topics = { prefix: "homeassistant", base: "heapscope-fleet" }
const about = {
    program: { entry: "src/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: null },
}

test("a board is a device that Home Assistant takes, whatever it is called", () => {
    fc.assert(
        fc.property(fc.string({ unit: "grapheme", maxLength: 80 }), name => {
            const board = new FleetBoard({ name, about })
            const { topic, payload } = discovery(board, topics)
            const ids = takenByHomeAssistant(topic, JSON.stringify(payload))
            expect(new Set(ids).size).toBe(ids.length)
            expect(boardTopics(topics, boardId(board.name)).state).not.toMatch(/[+#]/)
        }),
        { numRuns: 25 },
    )
})

test("boards that are called alike are two devices", () => {
    const ids = ["hall 1", "hall_1", "hall/1", "hall-1"].map(boardId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(boardId("hall_1")).toBe("hall_1")
})

test("each figure of a report is where its entity reads it", () => {
    const board = new FleetBoard({ name: "kitchen", about })
    const reading = board.add(
        [
            {
                ...{ kind: "sample", atMs: 7_000, usedBytes: 3_000, liveBytes: 2_000 },
                ...{ freeBytes: 5_000, largestFreeBytes: 4_000, collections: 2, allocations: 0 },
                ...{ allocatedBytes: 0, estimate: { errorBytes: 100, liveErrorBytes: 150 } },
            },
        ],
        { receivedMs: 1_700_000_000_000, sequence: 3 },
    )!
    expect(stateOf(reading)).toEqual({
        ...{ live: 2_000, garbage: 1_000, free: 5_000, largest_free: 4_000, limit: 8_000 },
        ...{ high_water: 2_000, error: 150, uptime: 7, starts: 1, deaths: 0, missed: 0 },
    })
    const leaking = board.add(
        [
            {
                ...{ kind: "sample", atMs: 8_000, usedBytes: 3_000, liveBytes: 2_000 },
                ...{ freeBytes: 5_000, largestFreeBytes: 4_000, collections: 2, allocations: 0 },
                ...{ allocatedBytes: 0 },
                estimate: { errorBytes: 100, death: { atMs: 20_000, fromMs: 5_000, toMs: 38_000 } },
            },
        ],
        { receivedMs: 1_700_000_001_000, sequence: 4 },
    )!
    expect(stateOf(leaking)).toMatchObject({
        ...{ time_to_death: 12, earliest_death: 0, latest_death: 30 },
    })
    const { payload } = discovery(board, topics)
    expect(Object.keys(payload.components)).toEqual(
        expect.arrayContaining(Object.keys(stateOf(leaking))),
    )
    expect(Object.keys(payload.components)).toEqual(
        expect.arrayContaining(Object.keys(stateOf(reading))),
    )
})
