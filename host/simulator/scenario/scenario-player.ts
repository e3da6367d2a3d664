import { formatBytesExact, formatDuration, formatPercent } from "../../base/format-units"
import { shorten } from "../../base/shorten"
import type { ScenarioReport, StepReport } from "../../documents/scenario/scenario"
import type { HeapFigures } from "../../model/figures"
import { microseconds, type AlarmOrder } from "../clock"
import type { SimulatedBoard } from "../simulated-board"
import { shownIn } from "../world/shown"
import type { World } from "../world/world"
import { FIGURES, type Action, type FigureTest, type Scenario, type Step } from "./scenario"

/** How long a step waits for whom it acts on, in simulated milliseconds. */
const PATIENCE_MS = 3_000
/** How often a display is looked at while a picture is waited for, in simulated milliseconds. */
const LOOK_MS = 100

/** A step as it goes. */
interface Going {
    step: Step
    state: "waiting" | "begun" | "done" | "failed"
    atMs?: number
    saw?: string
    /** Times that it was done. */
    count: number
    /** Lines that were logged since it began. */
    lines: number
    /** The last of them. */
    lastLine?: string
    /** The text that it waits for. */
    listens?: string
}

/** Plays the steps of a scenario while a board runs: each is an alarm on the board's clock, or waits for a line. */
export class ScenarioPlayer {
    private readonly going: Going[]
    /** Those that wait for a log line, to begin or to be done. */
    private readonly listening = new Set<Going>()

    constructor(
        private readonly scenario: Scenario,
        private readonly board: SimulatedBoard,
        private readonly world: World,
        private readonly onSnapshot?: (name: string, board: SimulatedBoard, atMs: number) => void,
    ) {
        this.going = scenario.steps.map(step => ({ step, state: "waiting", count: 0, lines: 0 }))
        for (const [index, going] of this.going.entries()) {
            const { atMs } = going.step
            if (atMs !== undefined) this.at(atMs, () => this.arm(going), orderOf(going.step))
            else if (index === 0) this.arm(going)
        }
    }

    /** The program logged a line. It is called from inside the VM: what follows is done later. */
    heard(text: string): void {
        for (const going of this.listening) {
            going.lines++
            going.lastLine = text
            if (!text.includes(going.listens!)) continue
            this.listening.delete(going)
            delete going.listens
            if (going.state === "begun") going.state = "done"
            else this.later(going.step.waitMs, () => this.begin(going), orderOf(going.step))
        }
    }

    /** How it went, once the run is over. @param isDead the program is */
    report(isDead: boolean): ScenarioReport {
        const { file, about } = this.scenario
        const steps = this.going.map(going => this.told(going, isDead))
        return {
            file,
            ...(about !== undefined && { about }),
            passed: steps.every(({ state }) => state === "done"),
            steps,
        }
    }

    private told(going: Going, isDead: boolean): StepReport {
        const { step, state, atMs, saw } = going
        const isDone = state === "done" || state === "failed"
        const isUnmet = state === "begun" && step.action.kind !== "act"
        return {
            where: step.where,
            step: step.words,
            state: isDone ? state : isUnmet ? "failed" : "late",
            ...(atMs !== undefined && { atMs }),
            ...(isDone ? saw !== undefined && { saw } : { saw: this.lack(going, isDead) }),
        }
    }

    /** Why a step is not done. */
    private lack(going: Going, isDead: boolean): string {
        const { step, state, count, saw } = going
        const over = `${isDead ? "the program died" : "the run was over"} after ${formatDuration(this.board.nowMs)}`
        if (step.action.kind === "act" && state === "begun")
            return `${over}, when it was done ${count} of ${step.action.times} times${saw === undefined ? "" : `: ${saw}`}`
        if (going.listens !== undefined) return `${this.linesSince(going)}; then ${over}`
        if (state === "begun") return over
        return step.atMs === undefined ? "the step before it never began" : over
    }

    private linesSince({ listens, lines, lastLine, state }: Going): string {
        const wanted = state === "begun" ? "" : `no line with ${JSON.stringify(listens)}: `
        if (lastLine === undefined) return `${wanted}the log had no line from then on`
        const last = JSON.stringify(shorten(lastLine))
        return `${wanted}${lines === 1 ? "one line was logged" : `${lines} lines were logged`}, the last was ${last}`
    }

    /** Its turn has come: it begins now, after a while, or after a log line. */
    private arm(going: Going): void {
        const { after, waitMs, atMs } = going.step
        if (after !== undefined) this.listen(going, after)
        else if (waitMs > 0 && atMs === undefined)
            this.later(waitMs, () => this.begin(going), orderOf(going.step))
        else this.begin(going)
    }

    private begin(going: Going): void {
        going.state = "begun"
        going.atMs = this.board.nowMs
        delete going.listens
        this.perform(going, going.step.action)
        // Who acts on what is not there yet waits, and so does what follows.
        if (going.step.action.kind !== "act") this.goOn(going)
    }

    /** The step after one is armed, if it has no time of its own. */
    private goOn(going: Going): void {
        const next = this.going[this.going.indexOf(going) + 1]
        if (!next || next.step.atMs !== undefined) return
        // What looks at the board does so after what acts on it at the same time.
        if (orderOf(next.step) === "after" && orderOf(going.step) === "before")
            this.later(0, () => this.arm(next), "after")
        else this.arm(next)
    }

    private perform(going: Going, action: Action): void {
        switch (action.kind) {
            case "act":
                return this.act(going, action)
            case "expect-log":
                this.listen(going, action.text)
                return this.later(action.withinMs, () => {
                    if (!this.listening.delete(going)) return
                    const within = formatDuration(action.withinMs)
                    this.fail(going, `${this.linesSince(going)}, within ${within}`)
                })
            case "expect-picture":
                return this.look(going, action, this.board.nowMs + action.withinMs)
            case "assert": {
                const { tracker } = this.board
                if (!tracker.heap)
                    return this.fail(going, "there was no heap: the program was starting")
                const heap = tracker.figures()
                const wrong = action.tests.filter(test => !holds(test, heap))
                if (wrong.length === 0) going.state = "done"
                else this.fail(going, wrong.map(test => tell(test, heap)).join(", "))
                return
            }
            case "snapshot":
                this.onSnapshot?.(action.name, this.board, this.board.nowMs)
                going.state = "done"
                going.saw = `${formatBytesExact(this.board.tracker.liveBytes())} live`
        }
    }

    private act(going: Going, action: Action & { kind: "act" }): void {
        const why = action.act(this.world.control!)
        if (why !== undefined) {
            // Whom a program has just asked for comes to the bus within a second or two.
            if (this.board.nowMs - going.atMs! >= PATIENCE_MS) {
                this.fail(going, why)
                return going.count === 0 ? this.goOn(going) : undefined
            }
            going.saw = why
            return this.later(LOOK_MS, () => this.act(going, action))
        }
        delete going.saw
        going.count++
        if (going.count === 1) {
            going.atMs = this.board.nowMs
            this.goOn(going)
        }
        if (going.count === action.times) going.state = "done"
        else this.later(action.everyMs, () => this.act(going, action))
    }

    private look(going: Going, action: Action & { kind: "expect-picture" }, untilMs: number): void {
        const differs = action.differs(shownIn(this.world))
        if (differs === undefined) going.state = "done"
        else if (this.board.nowMs + LOOK_MS > untilMs) this.fail(going, differs)
        else {
            going.saw = differs
            this.later(LOOK_MS, () => this.look(going, action, untilMs), "after")
        }
    }

    private fail(going: Going, saw: string): void {
        going.state = "failed"
        going.saw = saw
    }

    private listen(going: Going, text: string): void {
        going.listens = text
        going.lines = 0
        this.listening.add(going)
    }

    private later(ms: number, action: () => void, order?: AlarmOrder): void {
        this.at(this.board.nowMs + ms, action, order)
    }

    private at(ms: number, action: () => void, order?: AlarmOrder): void {
        this.board.clock.at(microseconds(ms), action, order)
    }
}

/** What acts does so before the board runs at that time; what looks, after it. */
function orderOf({ action }: Step): AlarmOrder {
    return action.kind === "act" || action.kind === "expect-log" ? "before" : "after"
}

function holds({ figure, compare, value }: FigureTest, heap: HeapFigures): boolean {
    const is = FIGURES[figure].of(heap)
    switch (compare) {
        case "<":
            return is < value
        case "<=":
            return is <= value
        case ">":
            return is > value
        case ">=":
            return is >= value
        case "==":
            return is === value
    }
}

function tell({ figure }: FigureTest, heap: HeapFigures): string {
    const { unit, of } = FIGURES[figure]
    return `${figure} was ${unit === "bytes" ? formatBytesExact(of(heap)) : formatPercent(of(heap))}`
}
