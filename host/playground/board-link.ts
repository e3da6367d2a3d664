import type { RecordingHeader } from "../documents/recording-format"
import type { PageMessage, PageRequest } from "../documents/page-messages"
import type { SimReport } from "../documents/sim-report"
import type { Program } from "../model/program/program"
import type { EventFeed, FeedListener } from "../page/feed/event-feed"
import type { Failure, FileChange, FromBoard, RunRequest, ToBoard } from "./board-messages"

/** A worker that has not stopped within this is ended: somebody waits for it. Milliseconds. */
const STOP_MS = 100
/** The same where another run is to follow: a new worker has to load the compiler anew. Milliseconds. */
const CHANGE_MS = 1000

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
    /** It could not be loaded, or has failed: whatever is asked next is asked of another. */
    private isBroken = false
    private page: FeedListener | undefined
    private lastId = 0
    /** The run that was asked for last: what is told of others is late. */
    private shownId = 0
    /** What the worker was asked to run, and has not ended: the oldest first. */
    private runs: Run[] = []
    /** The one of them that is to go on. */
    private wanted: Run | undefined
    /** When the oldest of the others has had its time to stop. */
    private deadline: ReturnType<typeof setTimeout> | undefined
    /** What was asked for beside what runs. */
    private readonly asked = new Map<
        number,
        { resolve: (answer: unknown) => void; reject: (failure: Failure) => void }
    >()
    private isEditing = false
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

    /** Somebody begins to edit: from now on a compiler is kept at hand. */
    beginEditing(): void {
        if (this.isEditing) return
        this.isEditing = true
        this.tell({ kind: "editing" })
    }

    /** Runs a program in place of what runs. */
    run(request: RunRequest, listener: RunListener): void {
        const run = { id: ++this.lastId, request, listener }
        this.shownId = run.id
        this.tell({ kind: "run", id: run.id, run: request })
        this.wanted = run
        this.runs.push(run)
        this.expectEnds()
    }

    /** Ends what runs. What it told stays. */
    stop(): void {
        this.wanted = undefined
        this.tell({ kind: "stop" })
        this.expectEnds()
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

    /**
     * What a recording says of itself, beside whatever runs.
     * @throws Failure
     */
    header(run: RunRequest): Promise<RecordingHeader> {
        return this.askBeside(id => ({ kind: "header", id, run }))
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
        this.isReady = this.isBroken = false
        worker.onmessage = ({ data }) => {
            if (worker === this.worker) this.hear(data)
        }
        worker.onerror = event => {
            event.preventDefault()
            if (worker !== this.worker) return
            const message =
                event.message || "The board's worker could not be loaded: reload the page."
            this.breakDown({ code: "E_INTERNAL", message, problems: [] })
        }
        return worker
    }

    private tell(message: ToBoard): void {
        if (this.isBroken) this.beginAnew()
        this.worker.postMessage(message)
    }

    private beginAnew(): void {
        this.worker.terminate()
        this.worker = this.begin()
        this.tell({ kind: "files", files: [...this.files] })
        if (this.isEditing) this.tell({ kind: "editing" })
    }

    /** What is not to go on has been told to stop, or will be: it has its time to. */
    private expectEnds(): void {
        clearTimeout(this.deadline)
        const [oldest] = this.runs
        if (!oldest || oldest === this.wanted) return
        const patienceMs = this.wanted ? CHANGE_MS : STOP_MS
        this.deadline = setTimeout(() => this.goOnWithout(), patienceMs)
    }

    /** Whatever the worker does: what is not to go on has ended. */
    private goOnWithout(): void {
        const { wanted } = this
        // One that is being loaded has not run anything, and will hear what it is to leave.
        if (this.isReady) {
            this.beginAnew()
            this.page?.phase("lost")
            if (wanted) this.tell({ kind: "run", id: wanted.id, run: wanted.request })
            this.refuseAsked({
                ...{ code: "E_INTERRUPTED", problems: [] },
                message: "the board was stopped while it worked: ask again",
            })
        }
        const ended = this.runs.filter(run => run !== wanted)
        this.runs = wanted ? [wanted] : []
        for (const { listener } of ended) listener.ended()
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
                if (message.id === 0) return this.breakDown(message.failure)
                return this.listenerOf(message.id)?.failed(message.failure)
            }
            case "ended":
                return this.end(message.id)
            case "report":
                return this.answer(message.id, message.report)
            case "built":
                return this.answer(message.id, message.program)
            case "header":
                return this.answer(message.id, message.header)
        }
    }

    private answer(id: number, answer: unknown): void {
        this.asked.get(id)?.resolve(answer)
        this.asked.delete(id)
    }

    /** One after the other: with a run, those have ended that were asked for before. */
    private end(id: number): void {
        const count = this.runs.findIndex(run => run.id === id) + 1
        const ended = this.runs.splice(0, count)
        if (this.wanted && ended.includes(this.wanted)) this.wanted = undefined
        if (count > 0) this.expectEnds()
        for (const { listener } of ended) listener.ended()
    }

    /** Nothing that was asked of this worker will come. */
    private breakDown(failure: Failure): void {
        this.isBroken = true
        this.page?.phase("lost")
        this.refuseAsked(failure)
        this.wanted?.listener.failed(failure)
        const last = this.runs.at(-1)
        if (last) this.end(last.id)
    }

    private refuseAsked(failure: Failure): void {
        for (const { reject } of this.asked.values()) reject(failure)
        this.asked.clear()
    }

    private listenerOf(id: number): RunListener | undefined {
        return this.wanted?.id === id ? this.wanted.listener : undefined
    }
}
