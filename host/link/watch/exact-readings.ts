import type { Board } from "../../boards/board"
import type { ErrorCode } from "../../base/error-codes"
import { UserError } from "../../base/errors"
import type { BoardFacts } from "../deploy/board-facts"
import { hasReset } from "../deploy/start-program"
import { describeOther, isKnownRuntime } from "../deploy/runtime-version"
import type { MemoryEvent } from "../../model/events"
import type { HeapFigures } from "../../model/figures"
import { BoardInspector, checkProgram } from "../heap-image/board-inspector"
import type { ExactHeap } from "../heap-image/exact-heap"
import type { Link, LinkState } from "../link"
import { NoWindowError } from "../heap-image/agent-window"
import { formatDuration } from "../../base/format-units"
import type { Program } from "../../model/program/program"

/** Exact figures need the agent. */
const REACH_INSTEAD = "What the debugger can reach without it, `heapscope snapshot --port` shows."
/** What no further try mends: the board would stand still for nothing. */
const LASTING: ReadonlySet<ErrorCode> = new Set([
    "E_NO_AGENT",
    "E_OTHER_PROGRAM",
    "E_OTHER_RUNTIME",
])
/** What the firmware logs of a halt. */
const HALT_LINE = /^dbg: (?:halt|resume|suspend \d+)$/
/** The board's log comes after its frames. Milliseconds. */
const LATE_LINES_MS = 2000

/** Who hears of what was learned on the way. */
export interface ReadingsListener {
    /** Every heap that was read, before the event is told. */
    heap?: (heap: ExactHeap) => void
    /** What the board tells of itself, at each opening of the link. */
    facts?: (facts: BoardFacts) => void
    /** It runs another program than the one at hand. */
    otherProgram?: () => void
}

/**
 * Exact readings of the board behind a link that is watched, and a board that goes on: whenever the link
 * opens, one that somebody left halted is let go and told of.
 */
export class ExactReadings {
    private readonly stop = new AbortController()
    private inspector: Promise<BoardInspector> | undefined
    private reading: Promise<void> | undefined
    private readAtMs = -Infinity
    private mostUsed = 0
    private mostLive = 0
    private lastFailure = ""
    /** How long the board had been up when it was last asked, and when that was. Milliseconds. */
    private lastUp: { upMs: number; atMs: number } | undefined
    /** The link was, since then. */
    private wasLost = false
    /** Why no reading can work, until something has changed. */
    private hopeless: string | undefined

    constructor(
        private readonly link: Link,
        /** What is known of it, now. */
        private readonly of: () => {
            board: Board
            idleBytes: number
            program: Program | undefined
        },
        private readonly tell: (event: MemoryEvent) => void,
        private readonly now: () => number,
        private readonly hears: ReadingsListener = {},
    ) {}

    /** To be told of every change of the link. */
    linkChanged({ phase }: LinkState): void {
        this.wasLost ||= phase === "lost"
        if (phase === "open") this.opened()
        else if (phase !== "silent") this.letGo()
    }

    /** Whether a line of the log is the firmware's about a look of ours. */
    isOwnLine(text: string): boolean {
        if (!HALT_LINE.test(text)) return false
        return this.reading !== undefined || this.now() - this.readAtMs < LATE_LINES_MS
    }

    /** Has the whole heap told of as an event, soon. @returns what to tell whoever asked */
    request(): string {
        const { phase } = this.link.state
        if (phase !== "open") return `no exact figures: ${this.link.address} is ${phase}`
        if (this.reading) return "they are being read"
        if (this.hopeless !== undefined) return this.hopeless
        this.lastFailure = ""
        this.look()
        return "reading the heap: the program stands still for a moment"
    }

    /** A reading, after the one that is under way. @returns when it is over, whatever came of it */
    async once(): Promise<void> {
        await this.reading
        if (this.link.state.phase !== "open" || this.hopeless !== undefined) return
        if (this.stop.signal.aborted) return
        this.look()
        await this.reading
    }

    /** Does something with the board that nobody else may do meanwhile. @throws what that throws */
    async alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
        while (this.reading) await this.reading
        const done = work(this.stop.signal)
        const over = () => {
            this.reading = undefined
            this.readAtMs = this.now()
        }
        this.reading = done.then(over, over)
        return done
    }

    /** Waits for the reading that is under way, if there is one. */
    async settled(): Promise<void> {
        await this.reading
    }

    /** A reading now, and then one in every so many milliseconds, as far as the board can be reached. */
    every(ms: number): void {
        const look = () => {
            const canRead = this.link.state.phase === "open" && this.hopeless === undefined
            if (canRead && !this.reading) this.look()
        }
        const timer = setInterval(look, ms)
        this.stop.signal.addEventListener("abort", () => clearInterval(timer))
        look()
    }

    /** Ends reading; the board goes on before the link may be closed. */
    async close(): Promise<void> {
        this.stop.abort(new UserError("E_INTERRUPTED", "the watch has ended"))
        await this.reading
        this.letGo()
    }

    /** To be told when a program has started on the board: what failed may work with this one. */
    programStarted(): void {
        this.hopeless = undefined
        this.lastFailure = ""
    }

    private opened(): void {
        // Silent for a moment, the board is still the one that is looked at.
        if (this.reading && this.inspector) return
        this.programStarted()
        this.letGo()
        this.inspector = this.find()
        // Nothing is lost with it: whoever wants a look is told why there is none.
        this.inspector.catch(() => undefined)
    }

    private async find(): Promise<BoardInspector> {
        const inspector = await BoardInspector.find(this.link, this.stop.signal)
        const release = async () => {
            if (await inspector.releaseIfLeft())
                this.say("the board had been left halted by a debugger: it goes on now")
        }
        // A packet of a look that came too late, or another client.
        inspector.debug.onStray = () => {
            if (!this.reading) release().catch(() => undefined)
        }
        try {
            await release()
            await this.compare(inspector)
            return inspector
        } catch (error) {
            inspector.close()
            throw error
        }
    }

    /** Says at once when the board is not what it is taken for: nothing exact is told of it then. */
    private async compare(inspector: BoardInspector): Promise<void> {
        const facts = await inspector.facts()
        this.hears.facts?.(facts)
        this.compareUptime(facts.uptimeMs)
        const { program } = this.of()
        this.tell({ kind: "program", atMs: this.now(), sha256: facts.sha256 })
        if (!isKnownRuntime(facts.runtimeVersion)) this.say(describeOther(facts.runtimeVersion))
        if (program)
            await checkProgram(program, facts).catch((error: Error) => {
                this.say(error.message)
                this.hears.otherProgram?.()
            })
    }

    /** A board that comes back may have been reset, by its firmware or by hand. */
    private compareUptime(isUpMs: number): void {
        const atMs = this.now()
        const { lastUp: last, wasLost: wasAway } = this
        this.lastUp = { upMs: isUpMs, atMs }
        this.wasLost = false
        if (!last) return
        const passedMs = atMs - last.atMs
        if (hasReset({ upMs: last.upMs, isUpMs, passedMs, wasAway }))
            this.say(`the board was reset ${formatDuration(isUpMs)} ago, and has begun anew`)
    }

    private letGo(): void {
        this.inspector?.then(
            inspector => inspector.close(),
            () => undefined,
        )
        this.inspector = undefined
    }

    private look(): void {
        const reading = this.take().catch((error: Error) => {
            if (this.stop.signal.aborted) return
            const instead = error instanceof NoWindowError ? ` ${REACH_INSTEAD}` : ""
            const text = `no exact figures: ${error.message}${instead}`
            const isRepeated = error.message === this.lastFailure
            const code = error instanceof UserError ? error.code : undefined
            if (code && (LASTING.has(code) || (code === "E_HEAP_UNKNOWN" && isRepeated)))
                this.hopeless = text
            if (isRepeated) return
            this.lastFailure = error.message
            this.say(text)
        })
        this.reading = reading.then(() => {
            this.reading = undefined
            this.readAtMs = this.now()
        })
    }

    private async take(): Promise<void> {
        const { board, idleBytes, program } = this.of()
        // A board that announced itself late was not found at once.
        const inspector = await (this.inspector ??= this.find()).catch((error: unknown) => {
            this.inspector = undefined
            throw error
        })
        const { heap } = await inspector.readHeap({
            heapBytes: board.heapBytes,
            idleBytes,
            program,
            signal: this.stop.signal,
        })
        this.lastFailure = ""
        this.hears.heap?.(heap)
        this.tell({ kind: "figures", atMs: this.now(), heap: this.withHighWater(heap.figures()) })
        this.say(
            `exact figures: the program stood still for ${formatDuration(Math.round(heap.haltedMs))}`,
        )
    }

    /** Of what the looks of this watch have seen. */
    private withHighWater(figures: HeapFigures): HeapFigures {
        this.mostUsed = Math.max(this.mostUsed, figures.highWaterUsedBytes)
        this.mostLive = Math.max(this.mostLive, figures.highWaterLiveBytes)
        return {
            ...figures,
            highWaterUsedBytes: this.mostUsed,
            highWaterLiveBytes: this.mostLive,
        }
    }

    private say(text: string): void {
        this.tell({
            kind: "log",
            atMs: this.now(),
            level: "runtime",
            text: `heapscope: ${text}`,
        })
    }
}
