import fc from "fast-check"
import type { MemoryEvent } from "../../../host/model/events"

export const HEADER = {
    program: { entry: "devs/station/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "2.16.4" },
}

const count = fc.nat(1_000_000)
const atMs = fc.double({ min: 0, max: 1e9, noNaN: true })
const text = fc.string({ unit: "binary", maxLength: 40 })

/** Any event there can be. */
export const anyEvent: fc.Arbitrary<MemoryEvent> = fc.oneof(
    fc.record(
        {
            kind: fc.constant("sample" as const),
            atMs,
            usedBytes: count,
            liveBytes: count,
            freeBytes: count,
            largestFreeBytes: count,
            collections: count,
            allocations: count,
            allocatedBytes: count,
            estimate: fc.record({ errorBytes: count }),
        },
        {
            requiredKeys: [
                "kind",
                "atMs",
                "usedBytes",
                "liveBytes",
                "freeBytes",
                "largestFreeBytes",
                "collections",
                "allocations",
                "allocatedBytes",
            ],
        },
    ),
    fc.record({
        kind: fc.constant("log" as const),
        atMs,
        level: fc.constantFrom("log" as const, "warn" as const, "runtime" as const),
        text,
    }),
    fc.record({ kind: fc.constant("gc" as const), atMs, liveBytes: count }),
    fc.record({ kind: fc.constant("mark" as const), atMs, text }),
    fc.record({
        kind: fc.constant("link" as const),
        atMs,
        phase: fc.constantFrom("connecting" as const, "lost" as const),
        message: text,
    }),
    fc.record({
        kind: fc.constant("structures" as const),
        atMs,
        structures: fc.array(
            fc.record({
                name: text,
                length: count,
                capacity: count,
                highWaterMark: count,
                refused: count,
            }),
            { maxLength: 3 },
        ),
    }),
)
