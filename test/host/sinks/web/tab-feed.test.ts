import fc from "fast-check"
import { expect, it } from "vitest"
import type { PageMessage } from "../../../../host/documents/page-messages"
import type { HeapMapEvent, MemoryEvent, SampleEvent } from "../../../../host/model/events"
import { HeapMap } from "../../../../host/model/heap/heap-map"
import { EventHistory } from "../../../../host/sinks/web/event-history"
import { TabFeed } from "../../../../host/sinks/web/tab-feed"

const HELLO: PageMessage = {
    kind: "hello",
    about: {
        program: { entry: "main.ts" },
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        vm: { version: null },
    },
    ...{ how: "simulated", isPast: false, can: [] },
}

const sample = (atMs: number, usedBytes: number): SampleEvent => ({
    ...{ kind: "sample", atMs, usedBytes, liveBytes: 0, freeBytes: 0, largestFreeBytes: 0 },
    ...{ collections: 0, allocations: 0, allocatedBytes: 0 },
})

const map = (atMs: number, sizes: readonly number[], whole: boolean): HeapMapEvent => ({
    ...{ kind: "heap-map", atMs, capacityBytes: sizes.reduce((sum, bytes) => sum + bytes, 0) },
    whole,
    changes: [{ start: 0, blocks: sizes.map(bytes => ({ bytes, type: "array", live: true })) }],
})

/** A tab whose network takes nothing while it is stuck. */
class Tab {
    bufferedAmount = 0
    readonly told: PageMessage[] = []
    send(text: string): void {
        this.told.push(JSON.parse(text) as PageMessage)
    }
    get events(): MemoryEvent[] {
        return this.told.flatMap(message => (message.kind === "events" ? message.events : []))
    }
}

it("tells a tab that was slow the peaks, and the map as it is", () => {
    fc.assert(
        fc.property(
            fc.array(fc.nat(60_000), { minLength: 1, maxLength: 8000 }),
            fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 20 }),
            (used, sizes) => {
                const history = new EventHistory()
                const tab = new Tab()
                const feed = new TabFeed(tab, history, HELLO)
                const tell = (event: MemoryEvent) => {
                    history.add(event)
                    feed.add(event)
                }
                feed.flush()
                tab.bufferedAmount = 1 << 20
                used.forEach((bytes, at) => tell(sample(at, bytes)))
                const bytes = sizes.map(size => size * 8)
                tell(map(1, bytes, true))
                tell(map(2, [...bytes].reverse(), false))
                const before = tab.told.length
                feed.flush()
                expect(tab.told.length).toBe(before)

                tab.bufferedAmount = 0
                feed.flush()
                const samples = tab.events.filter(event => event.kind === "sample")
                expect(Math.max(...samples.map(({ usedBytes }) => usedBytes))).toBe(
                    Math.max(...used),
                )
                expect(samples.length).toBeLessThanOrEqual(3000)
                expect(samples.at(-1)!.usedBytes).toBe(used.at(-1))
                const shown = new HeapMap()
                for (const event of tab.events) if (event.kind === "heap-map") shown.add(event)
                expect(shown.blocks).toEqual(history.blocks)
            },
        ),
        { numRuns: 20 },
    )
})

it("tells who comes late what happened, in bounded memory", () => {
    const history = new EventHistory(100)
    for (let at = 0; at < 5000; at++) history.add(sample(at, at === 1234 ? 60_000 : at % 100))
    history.add({
        kind: "structures",
        atMs: 5000,
        structures: [{ name: "waiting", length: 1, capacity: 2, highWaterMark: 2, refused: 0 }],
    })
    history.add({ kind: "log", atMs: 5001, level: "log", text: "ready" })
    const tab = new Tab()
    new TabFeed(tab, history, HELLO).flush()
    expect(tab.told[0]).toEqual(HELLO)
    const samples = tab.events.filter(event => event.kind === "sample")
    expect(samples.length).toBeLessThanOrEqual(100)
    expect(Math.max(...samples.map(({ usedBytes }) => usedBytes))).toBe(60_000)
    expect(tab.events.some(({ kind }) => kind === "structures")).toBe(true)
    expect(tab.events.some(event => event.kind === "log" && event.text === "ready")).toBe(true)
})

it("begins anew with a source that does", () => {
    const history = new EventHistory()
    const tab = new Tab()
    const feed = new TabFeed(tab, history, HELLO)
    feed.flush()
    for (const event of [sample(10, 1), sample(20, 2), sample(5, 3)]) {
        if (history.add(event)) feed.again()
        feed.add(event)
    }
    feed.flush()
    expect(tab.told.map(({ kind }) => kind)).toEqual(["hello", "events", "again", "events"])
    expect(tab.events).toEqual([sample(5, 3)])
    expect(history.events()).toEqual([sample(5, 3)])
})
