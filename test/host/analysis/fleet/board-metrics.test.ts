import { expect, test } from "vitest"
import { BoardMetrics } from "../../../../host/analysis/fleet/board-metrics"
import type { SampleEvent } from "../../../../host/model/events"

const SAMPLE: SampleEvent = {
    ...{ kind: "sample", atMs: 60_000, usedBytes: 30_000, liveBytes: 20_000, freeBytes: 35_524 },
    ...{ largestFreeBytes: 9000, collections: 3, allocations: 0, allocatedBytes: 0 },
}
const DEATH = { atMs: 3_660_000, fromMs: 1_860_000, toMs: 7_260_000 }

function leftOf(...samples: SampleEvent[]) {
    const metrics = new BoardMetrics({
        program: { entry: "main.ts" },
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        vm: {},
    } as ConstructorParameters<typeof BoardMetrics>[0])
    for (const sample of samples) metrics.add(sample)
    const found = metrics.metrics().find(({ name }) => name.endsWith("time_to_death"))!
    return found.values.map(({ labels, value }) => [labels.bound, value])
}

test("a death is told of with both ends of its range, from the last figures on", () => {
    const grows: SampleEvent = { ...SAMPLE, estimate: { errorBytes: 900, death: DEATH } }
    expect(leftOf(grows)).toEqual([
        ["expected", 3600],
        ["earliest", 1800],
        ["latest", 7200],
    ])
})

test("nothing is told of what does not grow, or no longer does", () => {
    expect(leftOf(SAMPLE)).toEqual([])
    const grew: SampleEvent = { ...SAMPLE, estimate: { errorBytes: 900, death: DEATH } }
    expect(leftOf(grew, { ...SAMPLE, atMs: 61_000, estimate: { errorBytes: 900 } })).toEqual([])
})
