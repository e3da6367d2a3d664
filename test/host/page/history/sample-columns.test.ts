import fc from "fast-check"
import { expect, it } from "vitest"
import type { SampleEvent } from "../../../../host/model/events"
import { SampleColumns } from "../../../../host/page/history/sample-columns"

const sample = (atMs: number, usedBytes: number): SampleEvent => ({
    ...{
        kind: "sample",
        atMs,
        usedBytes,
        liveBytes: usedBytes >> 1,
        freeBytes: 65_000 - usedBytes,
    },
    ...{ largestFreeBytes: 100, collections: 1, allocations: 2, allocatedBytes: 3 },
})

it("finds the point at or before a time", () => {
    fc.assert(
        fc.property(
            fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }),
            fc.nat(3000),
            (gaps, ms) => {
                const columns = new SampleColumns(64)
                const times: number[] = []
                for (const gap of gaps) times.push((times.at(-1) ?? 0) + gap)
                for (const atMs of times) columns.add(sample(atMs, 8))
                expect(columns.indexAt(ms)).toBe(times.filter(atMs => atMs <= ms).length - 1)
            },
        ),
    )
})

it("stays within its capacity, with the most used and the latest points kept", () => {
    fc.assert(
        fc.property(fc.array(fc.nat(60_000), { minLength: 1, maxLength: 400 }), used => {
            const columns = new SampleColumns(32)
            used.forEach((bytes, at) => columns.add(sample(at, bytes)))
            expect(columns.length).toBeLessThanOrEqual(32)
            const kept = [...columns.usedBytes.subarray(0, columns.length)]
            expect(Math.max(...kept)).toBe(Math.max(...used))
            expect(kept.slice(-8)).toEqual(used.slice(-8))
            expect(columns.highWaterBytes[columns.length - 1]).toBe(Math.max(...used))
            const times = [...columns.atMs.subarray(0, columns.length)]
            expect(times).toEqual([...times].sort((a, b) => a - b))
        }),
    )
})
