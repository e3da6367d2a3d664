import type { BoardPort } from "./board-link"
import type { FromBoard, ToBoard } from "./board-messages"

/**
 * A worker that has not loaded what it needs so long after it was begun, or after its first word, hangs: Firefox 153
 * was seen with all files of one fetched, and none of them begun. Each next one has twice the time, for networks
 * that are slow. Milliseconds.
 */
const LOAD_MS = 30_000

/**
 * The board's worker, begun anew for as long as one hangs while it loads. The next is told all that the one
 * before it was told. One whose run is looked at stays, until somebody waits for what it has not loaded.
 */
export class LoadingWorker implements BoardPort {
    onmessage: BoardPort["onmessage"] = null
    onerror: BoardPort["onerror"] = null
    private worker: BoardPort
    /** All that the next has to hear, until one has loaded. */
    private told: ToBoard[] | undefined = []
    /** What was asked for and has not been told anything of. */
    private readonly awaited = new Set<number>()
    private isLate = false
    private loadMs = LOAD_MS
    private deadline: ReturnType<typeof setTimeout> | undefined

    /** @param startWorker starts one, and tells nothing yet */
    constructor(private readonly startWorker: () => BoardPort) {
        this.worker = this.begin()
    }

    postMessage(message: ToBoard): void {
        if (this.told) this.note(message, this.told)
        this.worker.postMessage(message)
        if (this.isLate) this.beginAnewIfAwaited()
    }

    terminate(): void {
        this.expectNothing()
        this.worker.terminate()
    }

    private begin(): BoardPort {
        const worker = this.startWorker()
        worker.onmessage = event => {
            if (worker === this.worker) this.hear(event)
        }
        worker.onerror = event => {
            if (worker !== this.worker) return
            this.expectNothing()
            this.onerror?.(event)
        }
        this.expectLoaded()
        return worker
    }

    private note(message: ToBoard, told: ToBoard[]): void {
        // These are of what the worker has shown: the next shows it anew.
        if (message.kind !== "ask" && message.kind !== "taken") told.push(message)
        if ("id" in message) this.awaited.add(message.id)
    }

    private hear(event: MessageEvent<FromBoard>): void {
        const { data } = event
        if (data.kind === "loaded") return this.expectNothing()
        if (data.kind === "ready") this.expectLoaded()
        // It could not begin, and says so.
        if (data.kind === "failed" && data.id === 0) this.expectNothing()
        if ("id" in data && data.kind !== "progress" && data.kind !== "notice")
            this.awaited.delete(data.id)
        this.onmessage?.(event)
    }

    private expectLoaded(): void {
        clearTimeout(this.deadline)
        this.isLate = false
        this.deadline = setTimeout(() => {
            this.isLate = true
            this.beginAnewIfAwaited()
        }, this.loadMs)
    }

    private expectNothing(): void {
        clearTimeout(this.deadline)
        this.told = undefined
        this.isLate = false
    }

    private beginAnewIfAwaited(): void {
        if (this.awaited.size === 0) return
        this.worker.terminate()
        this.loadMs *= 2
        this.worker = this.begin()
        for (const message of this.told ?? []) this.worker.postMessage(message)
    }
}
