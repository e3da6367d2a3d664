import { expect, test } from "vitest"
import type { MemoryEvent } from "../../../host/model/events"
import { PlayPosition, replay } from "../../../host/recording/replay"

const at = (...times: number[]): MemoryEvent[] =>
    times.map(atMs => ({ kind: "mark", atMs, text: "" }))

async function times(events: MemoryEvent[], speed: number): Promise<number[]> {
    const began = performance.now()
    const came: number[] = []
    for await (const _ of replay(events, { speed })) came.push(performance.now() - began)
    return came
}

test("events come at the distances of their times, divided by the speed", async () => {
    const came = await times(at(5000, 5400, 5800), 4)
    // A timer may be a millisecond early; how late it is is up to the machine.
    expect(came[0]).toBeLessThan(50)
    expect(came[1]).toBeGreaterThanOrEqual(98)
    expect(came[2]).toBeGreaterThanOrEqual(198)
    expect(came[2]).toBeLessThan(1000)
})

test("at once without a pause, and a clock that starts over takes no time", async () => {
    expect(await times(at(0, 1e9), Infinity)).toHaveLength(2)
    expect((await times(at(1e9, 3, 10), 1)).at(-1)).toBeLessThan(1000)
})

test("ends when told to", async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 20)
    const came: MemoryEvent[] = []
    const { signal } = abort
    for await (const event of replay(at(0, 1e9), { speed: 1, signal })) came.push(event)
    expect(came).toHaveLength(1)
})

test("a step longer than any timer is waited for, and not skipped", async () => {
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 100)
    const came: MemoryEvent[] = []
    const { signal } = abort
    for await (const event of replay(at(0, 2 ** 40, 1e300), { speed: 1, signal })) came.push(event)
    expect(came).toHaveLength(1)
})

test("goes on from a later time at once, and ends to be played again from an earlier one", async () => {
    const position = new PlayPosition()
    const came: number[] = []
    const began = performance.now()
    for await (const { atMs } of replay(at(0, 500_000, 900_000, 1e9), { speed: 1, position })) {
        came.push(atMs)
        // While it waits for the next one, which is minutes away.
        if (atMs === 0) setTimeout(() => position.seek(900_000), 20)
        if (atMs === 900_000) setTimeout(() => position.seek(500_000), 20)
    }
    expect(came).toEqual([0, 500_000, 900_000])
    expect(position.isBack).toBe(true)
    position.restart()
    const again: number[] = []
    for await (const { atMs } of replay(at(0, 1, 500_000, 1e9), { speed: 1, position })) {
        again.push(atMs)
        if (atMs === 500_000) position.seek(0)
    }
    expect(again).toEqual([0, 1, 500_000])
    expect(performance.now() - began).toBeLessThan(2000)
})
