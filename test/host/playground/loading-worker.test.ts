import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { FromBoard, ToBoard } from "../../../host/playground/board-messages"
import { LoadingWorker } from "../../../host/playground/loading-worker"
import { FakeWorker, page, request } from "./fake-worker"

const files: ToBoard = { kind: "files", files: [["/project/a.ts", "new"]] }
const run: ToBoard = { kind: "run", id: 1, run: request("a.ts") }
const report: ToBoard = { kind: "report", id: 2, run: request("a.ts") }
const taken: ToBoard = { kind: "taken", length: 7 }

function started() {
    const workers: FakeWorker[] = []
    const heard: FromBoard[] = []
    const worker = new LoadingWorker(() => {
        const made = new FakeWorker()
        workers.push(made)
        return made
    })
    worker.onmessage = ({ data }) => void heard.push(data)
    return { worker, workers, heard }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test("one that does not load what somebody waits for is ended, and the next hears all that it heard", () => {
    const { worker, workers, heard } = started()
    const [hung] = workers as [FakeWorker]
    vi.advanceTimersByTime(20_000)
    hung.say({ kind: "ready" })
    for (const message of [files, run, taken, report]) worker.postMessage(message)
    const notice: FromBoard = { kind: "notice", id: 2, text: "of the world" }
    hung.say(page(1, 1), notice)
    vi.advanceTimersByTime(29_000)
    expect(workers).toHaveLength(1)
    vi.advanceTimersByTime(2000)
    expect(workers).toHaveLength(2)
    expect(hung.isEnded).toBe(true)
    const fresh = workers[1]!
    expect(fresh.heard).toEqual([files, run, report])
    // What the old one says late is nobody's.
    hung.say(page(1, 2))
    fresh.say({ kind: "ready" }, { kind: "loaded" }, page(1, 3))
    expect(heard).toEqual([{ kind: "ready" }, page(1, 1), notice, { kind: "ready" }, page(1, 3)])
})

test("each next one has twice the time", () => {
    const { worker, workers } = started()
    worker.postMessage(run)
    for (const [seconds, count] of [
        [31, 2],
        [58, 2],
        [2, 3],
        [118, 3],
        [2, 4],
    ] as const) {
        vi.advanceTimersByTime(seconds * 1000)
        expect(workers).toHaveLength(count)
    }
})

test.each<[string, FromBoard]>([
    ["has loaded", { kind: "loaded" }],
    [
        "could not begin",
        { kind: "failed", id: 0, failure: { code: "E_INTERNAL", message: "", problems: [] } },
    ],
])("one that %s stays, however long it is silent", (_, last) => {
    const { worker, workers } = started()
    workers[0]!.say({ kind: "ready" }, last)
    worker.postMessage(run)
    vi.advanceTimersByTime(3_600_000)
    worker.postMessage(report)
    expect(workers).toHaveLength(1)
    expect(workers[0]!.heard).toEqual([run, report])
})

test("one whose run is looked at stays until something is asked for that waits for the rest", () => {
    const { worker, workers } = started()
    worker.postMessage(run)
    workers[0]!.say({ kind: "ready" }, page(1, 1), { kind: "ended", id: 1 })
    vi.advanceTimersByTime(100_000)
    const asked: ToBoard = { kind: "ask", text: "{}" }
    for (const message of [asked, files]) worker.postMessage(message)
    expect(workers).toHaveLength(1)
    expect(workers[0]!.heard).toEqual([run, asked, files])
    worker.postMessage(report)
    expect(workers).toHaveLength(2)
    expect(workers[1]!.heard).toEqual([run, files, report])
})

test("one that is ended, or whose code cannot be loaded, is not begun anew", () => {
    const { worker, workers } = started()
    worker.terminate()
    expect(workers[0]!.isEnded).toBe(true)
    const broken = started()
    const errors: string[] = []
    broken.worker.onerror = ({ message }) => void errors.push(message)
    broken.workers[0]!.break("no such file")
    vi.advanceTimersByTime(3_600_000)
    expect([workers, broken.workers].map(all => all.length)).toEqual([1, 1])
    expect(errors).toEqual(["no such file"])
})
