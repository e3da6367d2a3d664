import type { PageMessage, PageRequest } from "../documents/page-messages"
import type { SimReport } from "../documents/sim-report"
import type { Program } from "../model/program/program"
import type { EventFeed, FeedListener } from "../page/feed/event-feed"
import type { Failure, FileChange, FromBoard, RunRequest, ToBoard } from "./board-messages"

/** A worker that has not stopped within this is ended. Milliseconds. */
const PATIENCE_MS = 150

/** A worker, as far as it is used. */
export interface BoardPort {
    postMessage(message: ToBoard): void
    terminate(): void
    onmessage: ((event: MessageEvent<FromBoard>) => void) | null
    onerror: ((event: ErrorEvent) => void) | null
}

/** What the shell hears of a run, besides what the page is told. */
export interface RunListener {
    progress(text: string): void
    notice(text: string): void
    /** It could not be run, or broke off. `ended` comes, too. */
    failed(failure: Failure): void
    ended(): void
}

interface Run {
    id: number
    request: RunRequest
    listener: RunListener
}

/**
 * The worker that has the board, from the tab's side: a feed for the page, and one run at a time. A program
 * that leaves its worker no time to listen keeps nobody waiting: that worker is ended, and another started.
 */
export class BoardLink implements EventFeed {
    private worker: BoardPort
    private isReady = false
    private page: FeedListener | undefined
    private lastId = 0
    /** The run that was asked for last: what is told of others is late. */
    private shownId = 0
    /** What runs. */
    private run_: Run | undefined
    /** Has been told to stop, and has not. */
    private stopping: { run: Run; deadline: ReturnType<typeof setTimeout> } | undefined
    /** What was asked for beside what runs. */
    private readonly asked = new Map<
        number,
        { resolve: (answer: unknown) => void; reject: (failure: Failure) => void }
    >()
    /** By path: what a new worker is told first. */
    private readonly files = new Map<string, FileChange[1]>()

    /** @param startWorker starts the board's worker, and tells nothing yet */
    constructor(private readonly startWorker: () => BoardPort) {
        this.worker = this.begin()
    }

    start(listener: FeedListener): void {
        this.page = listener
        listener.phase("open")
    }

    ask(request: PageRequest): void {
        this.tell({ kind: "ask", text: JSON.stringify(request) })
    }

    /** Files that are new, changed or, without content, gone. A program that runs is built anew. */
    write(files: FileChange[]): void {
        for (const [path, content] of files) this.files.set(path, content)
        this.tell({ kind: "files", files })
    }

    /** Runs a program in place of what runs. */
    run(request: RunRequest, listener: RunListener): void {
        this.expectEnd()
        const run = (this.run_ = { id: ++this.lastId, request, listener })
        this.shownId = run.id
        this.tell({ kind: "run", id: run.id, run: request })
    }

    /** Ends what runs. What it told stays. */
    stop(): void {
        this.expectEnd()
        this.tell({ kind: "stop" })
    }

    /**
     * The report of a whole run, beside whatever runs.
     * @throws Failure
     */
    report(run: RunRequest, what: { advice?: boolean; leaks?: boolean } = {}): Promise<SimReport> {
        return this.askBeside(id => ({ kind: "report", id, run, ...what }))
    }

    /**
     * A program, built, beside whatever runs.
     * @throws Failure
     */
    build(run: RunRequest): Promise<Program> {
        return this.askBeside(id => ({ kind: "build", id, run }))
    }

    private askBeside<T>(message: (id: number) => ToBoard): Promise<T> {
        const id = ++this.lastId
        return new Promise((resolve, reject) => {
            this.asked.set(id, { resolve: answer => resolve(answer as T), reject })
            this.tell(message(id))
        })
    }

    private begin(): BoardPort {
        const worker = this.startWorker()
        this.isReady = false
        worker.onmessage = ({ data }) => {
            if (worker === this.worker) this.hear(data)
        }
        worker.onerror = event => {
            event.preventDefault()
            if (worker !== this.worker) return
            const message =
                event.message || "The board's worker could not be loaded: reload the page."
            this.fail({ code: "E_INTERNAL", message, problems: [] })
        }
        return worker
    }

    private tell(message: ToBoard): void {
        this.worker.postMessage(message)
    }

    /** What runs has been told to stop, or will be: it has its time to. */
    private expectEnd(): void {
        if (!this.run_ || this.stopping) return
        const run = this.run_
        const deadline = setTimeout(() => this.replaceWorker(), PATIENCE_MS)
        this.stopping = { run, deadline }
    }

    private replaceWorker(): void {
        // One that is being loaded has not run anything.
        if (!this.isReady) return
        const stopped = this.stopping!.run
        this.stopping = undefined
        this.worker.terminate()
        this.worker = this.begin()
        this.tell({ kind: "files", files: [...this.files] })
        this.page?.phase("lost")
        this.over(stopped)
        if (this.run_ && this.run_ !== stopped) {
            const { id, request } = this.run_
            this.tell({ kind: "run", id, run: request })
        }
        this.fail({
            ...{ code: "E_INTERRUPTED", problems: [] },
            message: "the board was stopped while it worked: ask again",
        })
    }

    private hear(message: FromBoard): void {
        switch (message.kind) {
            case "ready":
                this.isReady = true
                return
            case "page": {
                this.tell({ kind: "taken", length: message.text.length })
                if (message.id !== this.shownId) return
                this.page?.phase("open")
                return this.page?.message(JSON.parse(message.text) as PageMessage)
            }
            case "progress":
                return this.listenerOf(message.id)?.progress(message.text)
            case "notice":
                return this.listenerOf(message.id)?.notice(message.text)
            case "failed": {
                const asked = this.asked.get(message.id)
                this.asked.delete(message.id)
                if (asked) return asked.reject(message.failure)
                // Of nobody's asking: the worker could not begin.
                if (message.id === 0) return this.fail(message.failure)
                return this.listenerOf(message.id)?.failed(message.failure)
            }
            case "ended": {
                const { stopping } = this
                if (stopping?.run.id === message.id) {
                    clearTimeout(stopping.deadline)
                    this.stopping = undefined
                    return this.over(stopping.run)
                }
                if (this.run_?.id === message.id) this.over(this.run_)
                return
            }
            case "report":
                return this.answer(message.id, message.report)
            case "built":
                return this.answer(message.id, message.program)
        }
    }

    private answer(id: number, answer: unknown): void {
        this.asked.get(id)?.resolve(answer)
        this.asked.delete(id)
    }

    private over(run: Run): void {
        if (this.run_ === run) this.run_ = undefined
        run.listener.ended()
    }

    /** Nothing that was asked of this worker will come. */
    private fail(failure: Failure): void {
        for (const { reject } of this.asked.values()) reject(failure)
        this.asked.clear()
        if (!this.isReady) this.run_?.listener.failed(failure)
    }

    private listenerOf(id: number): RunListener | undefined {
        return this.run_?.id === id ? this.run_.listener : undefined
    }
}
