import { expect, test } from "vitest"
import type { MemoryEvent } from "../../../host/model/events"
import type { Sink, Source } from "../../../host/model/flow"
import { play } from "../../../host/tasks/play"

const about = {
    program: { entry: "main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: null },
}
const line = (atMs: number): MemoryEvent => ({ kind: "log", atMs, level: "log", text: `${atMs}` })

function sourceOf(count: number, isLive: boolean) {
    const taken = { events: 0 }
    const source: Source = {
        ...{ about, how: "made up", isLive },
        async *events() {
            for (let i = 0; i < count; i++) {
                taken.events++
                yield line(i)
            }
        },
    }
    return { source, taken }
}

/** A sink that takes nothing more until it is let go. */
function stuckSink() {
    const events: MemoryEvent[] = []
    let letGo: () => void = () => undefined
    const gate = new Promise<void>(done => (letGo = done))
    const sink: Sink = {
        add(event) {
            events.push(event)
            return gate
        },
        close: () => undefined,
    }
    return { sink, events, letGo: () => letGo() }
}

const turns = () => new Promise(done => setTimeout(done, 20))

test("a slow sink holds its source back, and nothing is lost", async () => {
    const { source, taken } = sourceOf(5000, false)
    const slow = stuckSink()
    const playing = play(source, [slow.sink], new AbortController().signal)
    await turns()
    expect(taken.events).toBe(1)
    slow.letGo()
    await playing
    expect(slow.events).toHaveLength(5000)
})

test("before a live source each sink has its own queue: a quick one misses nothing", async () => {
    const { source, taken } = sourceOf(50_000, true)
    const slow = stuckSink()
    const quick: MemoryEvent[] = []
    const keeper: Sink = { add: event => void quick.push(event), close: () => undefined }
    const playing = play(source, [slow.sink, keeper], new AbortController().signal)
    await turns()
    while (taken.events < 50_000) await turns()
    expect(slow.events).toHaveLength(1)
    slow.letGo()
    await playing
    expect(quick).toHaveLength(50_000)
    expect(slow.events.length).toBeLessThan(4000)
    expect(slow.events.at(-1)).toEqual(line(49_999))
    const notice = slow.events.find(
        event => event.kind === "log" && / lines left out/.test(event.text),
    )
    expect(notice).toBeDefined()
})

test("whoever ends it does not wait for a sink that is stuck", async () => {
    for (const isLive of [false, true]) {
        const { source } = sourceOf(10, isLive)
        const abort = new AbortController()
        const playing = play(source, [stuckSink().sink], abort.signal)
        await turns()
        abort.abort()
        await playing
    }
})

test("what a sink throws ends it, before a live source, too", async () => {
    for (const isLive of [false, true]) {
        const { source } = sourceOf(10, isLive)
        const full: Sink = {
            add: () => Promise.reject(new Error("disk full")),
            close: () => undefined,
        }
        await expect(play(source, [full], new AbortController().signal)).rejects.toThrow(
            "disk full",
        )
    }
})
