import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { EventQueue } from "../../../host/model/event-queue"
import type { MemoryEvent, SampleEvent } from "../../../host/model/events"

function sample(atMs: number, usedBytes: number, liveBytes = usedBytes): SampleEvent {
    const rest = { freeBytes: 0, largestFreeBytes: 0, collections: 0, allocations: 0 }
    return { kind: "sample", atMs, usedBytes, liveBytes, ...rest, allocatedBytes: 0 }
}

function line(atMs: number): MemoryEvent {
    return { kind: "log", atMs, level: "log", text: `line ${atMs}` }
}

async function drained(queue: EventQueue): Promise<MemoryEvent[]> {
    queue.close()
    const events: MemoryEvent[] = []
    for await (const event of queue.events()) events.push(event)
    return events
}

describe("a queue that nobody empties", () => {
    test("holds no more than it may, and keeps every peak and the last sample", async () => {
        const bytes = fc.nat(60_000)
        await fc.assert(
            fc.asyncProperty(
                fc.array(fc.tuple(bytes, bytes), { minLength: 1, maxLength: 400 }),
                async sizes => {
                    const queue = new EventQueue(32)
                    sizes.forEach(([used, live], atMs) => {
                        queue.push(sample(atMs, used, live))
                        queue.push(line(atMs))
                        expect(queue.size).toBeLessThanOrEqual(32)
                    })
                    const samples = (await drained(queue)).filter(({ kind }) => kind === "sample")
                    const kept = samples as SampleEvent[]
                    const most = (list: number[]) => Math.max(...list)
                    expect(most(kept.map(({ usedBytes }) => usedBytes))).toBe(
                        most(sizes.map(([used]) => used)),
                    )
                    expect(most(kept.map(({ liveBytes }) => liveBytes))).toBe(
                        most(sizes.map(([, live]) => live)),
                    )
                    expect(kept.at(-1)!.atMs).toBe(sizes.length - 1)
                    const times = kept.map(({ atMs }) => atMs)
                    expect(times).toEqual(times.toSorted((a, b) => a - b))
                },
            ),
        )
    })

    test("counts the lines that it leaves out, and tells of them in their place", async () => {
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 500 }), async count => {
                const queue = new EventQueue(20)
                for (let atMs = 0; atMs < count; atMs++) queue.push(line(atMs))
                const texts = (await drained(queue)).map(event =>
                    event.kind === "log" ? event.text : "",
                )
                const omitted = texts.flatMap(
                    text => /: (\d+) lines left out/.exec(text)?.[1] ?? [],
                )
                const kept = texts.filter(text => text.startsWith("line "))
                const sum = omitted.reduce((total, lines) => total + Number(lines), 0)
                expect(kept.length + sum).toBe(count)
                expect(omitted.length).toBeLessThanOrEqual(1)
                expect(kept.at(-1)).toBe(`line ${count - 1}`)
            }),
        )
    })
})

test("what was pushed comes out as it was, also while somebody waits, and then the failure", async () => {
    const queue = new EventQueue()
    const came: MemoryEvent[] = []
    const reading = (async () => {
        for await (const event of queue.events()) came.push(event)
    })()
    queue.push(line(1))
    await Promise.resolve()
    queue.push(line(2))
    queue.push(sample(3, 4))
    queue.fail(new Error("the cable"))
    queue.push(line(5))
    await expect(reading).rejects.toThrow("the cable")
    expect(came).toEqual([line(1), line(2), sample(3, 4)])
})
