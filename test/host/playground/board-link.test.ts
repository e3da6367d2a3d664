import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { BoardLink } from "../../../host/playground/board-link"
import type { Failure } from "../../../host/playground/board-messages"
import { FakeWorker, page, request } from "./fake-worker"

const internal: Failure = { code: "E_INTERNAL", message: "broken", problems: [] }

function linked() {
    const workers: FakeWorker[] = []
    const shown: unknown[] = []
    const phases: string[] = []
    const link = new BoardLink(() => {
        const worker = new FakeWorker()
        workers.push(worker)
        return worker
    })
    link.start({
        message: message => shown.push((message as unknown as { n: number }).n),
        phase: phase => phases.push(phase),
    } as Parameters<BoardLink["start"]>[0])
    const run = (entry: string) => {
        const told: string[] = []
        link.run(request(entry), {
            progress: text => told.push(`progress ${text}`),
            notice: text => told.push(`notice ${text}`),
            failed: ({ message }) => told.push(`failed ${message}`),
            ended: () => told.push("ended"),
        })
        return told
    }
    return { link, workers, shown, phases, run }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("what a run tells after another was asked for is not shown, and is taken", () => {
    const { workers, shown, run } = linked()
    const [worker] = workers as [FakeWorker]
    worker.say({ kind: "ready" })
    const first = run("a.ts")
    worker.say(page(1, 1))
    const second = run("b.ts")
    worker.say(
        page(1, 2),
        { kind: "notice", id: 1, text: "late" },
        { kind: "failed", id: 1, failure: internal },
    )
    worker.say({ kind: "ended", id: 1 }, page(2, 3), { kind: "progress", id: 2, text: "builds" })
    expect(shown).toEqual([1, 3])
    expect(first).toEqual(["ended"])
    expect(second).toEqual(["progress builds"])
    // The worker waits for who has not taken what it sent.
    expect(worker.heard.filter(({ kind }) => kind === "taken")).toHaveLength(3)
    vi.advanceTimersByTime(10_000)
    expect(worker.isEnded).toBe(false)
    worker.say({ kind: "ended", id: 2 })
    expect(second.at(-1)).toBe("ended")
})

test("a worker that does not stop is ended, and the next has all files and the run that was asked for", () => {
    const { link, workers, phases, shown, run } = linked()
    workers[0]!.say({ kind: "ready" })
    link.write([
        ["/project/a.ts", "old"],
        ["/project/b.ts", "gone"],
    ])
    link.write([
        ["/project/a.ts", "new"],
        ["/project/b.ts", undefined],
    ])
    const first = run("a.ts")
    const second = run("b.ts")
    vi.advanceTimersByTime(1100)
    expect(workers).toHaveLength(2)
    const [old, fresh] = workers as [FakeWorker, FakeWorker]
    expect(old.isEnded).toBe(true)
    expect(first).toEqual(["ended"])
    expect(phases).toContain("lost")
    expect(fresh.heard).toEqual([
        {
            kind: "files",
            files: [
                ["/project/a.ts", "new"],
                ["/project/b.ts", undefined],
            ],
        },
        { kind: "run", id: 2, run: request("b.ts") },
    ])
    // What the old one still says is of nobody's interest.
    old.say(page(2, 7), { kind: "ended", id: 2 })
    old.break("late")
    fresh.say({ kind: "ready" }, page(2, 8))
    expect(shown).toEqual([8])
    expect(second).toEqual([])
    fresh.say({ kind: "ended", id: 2 })
    expect(second).toEqual(["ended"])
})

test("that somebody edits is told once, and each worker that comes after is told, too", () => {
    const { link, workers, run } = linked()
    workers[0]!.say({ kind: "ready" })
    const editing = (worker: FakeWorker) =>
        worker.heard.filter(({ kind }) => kind === "editing").length
    run("a.ts")
    expect(editing(workers[0]!)).toBe(0)
    link.beginEditing()
    link.beginEditing()
    expect(editing(workers[0]!)).toBe(1)
    run("b.ts")
    vi.advanceTimersByTime(1100)
    expect(workers).toHaveLength(2)
    expect(workers[1]!.heard.map(({ kind }) => kind)).toEqual(["files", "editing", "run"])
})

test("stop is over within 200 ms, whatever the worker does", () => {
    const { link, workers, run } = linked()
    workers[0]!.say({ kind: "ready" })
    const told = run("a.ts")
    link.stop()
    link.stop()
    vi.advanceTimersByTime(1100)
    expect(told).toEqual(["ended"])
    expect(workers).toHaveLength(2)
    // Nothing is run again, and another run works.
    expect(workers[1]!.runs).toEqual([])
    workers[1]!.say({ kind: "ready" })
    const next = run("b.ts")
    expect(workers[1]!.runs).toEqual([2])
    workers[1]!.say({ kind: "ended", id: 2 })
    expect(next).toEqual(["ended"])
    vi.advanceTimersByTime(10_000)
    expect(workers).toHaveLength(2)
})

test("stop of nothing, and of what has ended by itself, ends no worker", () => {
    const { link, workers, run } = linked()
    workers[0]!.say({ kind: "ready" })
    link.stop()
    const told = run("a.ts")
    workers[0]!.say({ kind: "ended", id: 1 })
    link.stop()
    vi.advanceTimersByTime(10_000)
    expect(told).toEqual(["ended"])
    expect(workers).toHaveLength(1)
})

test("a run that is stopped before the worker is there ends at once, and the worker is left to load", () => {
    const { link, workers, run } = linked()
    const first = run("a.ts")
    link.stop()
    vi.advanceTimersByTime(1100)
    expect(first).toEqual(["ended"])
    const second = run("b.ts")
    vi.advanceTimersByTime(10_000)
    expect(workers).toHaveLength(1)
    workers[0]!.say({ kind: "ready" }, { kind: "ended", id: 1 }, { kind: "ended", id: 2 })
    expect(second).toEqual(["ended"])
})

test("a report goes to who asked for it, and a failure, too", async () => {
    const { link, workers } = linked()
    const [worker] = workers as [FakeWorker]
    worker.say({ kind: "ready" })
    const [one, two] = [link.report(request("a.ts")), link.report(request("b.ts"))]
    worker.say({ kind: "failed", id: 2, failure: internal })
    worker.say({ kind: "report", id: 1, report: { n: 1 } as never })
    expect(await one).toEqual({ n: 1 })
    await expect(two).rejects.toEqual(internal)
})

test("who waits for a report of a worker that was ended is told so", async () => {
    const { link, workers, run } = linked()
    workers[0]!.say({ kind: "ready" })
    const report = link.report(request("a.ts"))
    const refused = expect(report).rejects.toMatchObject({ code: "E_INTERRUPTED" })
    run("b.ts")
    link.stop()
    vi.advanceTimersByTime(1100)
    await refused
})

test("a run that began while the next was asked for has its time to stop, too", () => {
    const { link, workers, run } = linked()
    const [worker] = workers as [FakeWorker]
    worker.say({ kind: "ready" })
    const told = [run("a.ts"), run("hangs.ts"), run("c.ts")]
    // The worker had begun the second before it heard of the third.
    worker.say({ kind: "ended", id: 1 })
    expect(told).toEqual([["ended"], [], []])
    vi.advanceTimersByTime(1100)
    expect(told).toEqual([["ended"], ["ended"], []])
    expect(workers[1]!.runs).toEqual([3])
    link.stop()
    vi.advanceTimersByTime(1100)
    expect(told[2]).toEqual(["ended"])
})

test.each(["loads", "begins", "works"])(
    "a worker that fails while it %s leaves nobody waiting",
    async when => {
        const { link, workers, run } = linked()
        const [worker] = workers as [FakeWorker]
        if (when === "works") worker.say({ kind: "ready" })
        const told = run("a.ts")
        const report = link.report(request("a.ts"))
        const refused = expect(report).rejects.toMatchObject({ code: "E_INTERNAL" })
        if (when === "begins") worker.say({ kind: "failed", id: 0, failure: internal })
        else worker.break(when === "loads" ? "" : "RangeError: too deep")
        await refused
        expect(told.some(text => text.startsWith("failed "))).toBe(true)
        expect(told.at(-1)).toBe("ended")
        // Another try is another worker.
        const again = run("b.ts")
        const last = workers.at(-1)!
        expect(workers).toHaveLength(2)
        expect(last.runs).toEqual([3])
        last.say({ kind: "ready" }, { kind: "ended", id: 3 })
        expect(again).toEqual(["ended"])
    },
)
