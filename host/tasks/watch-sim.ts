import { Allocations } from "./watch/allocations"
import { Looks } from "./watch/looks"
import { Reports } from "./watch/reports"
import { SimulationEvents } from "./simulation-events"
import type { HandAction } from "../model/controls"
import type { Program } from "../model/program/program"
import { CLI_VERSION } from "../compiler/cli-version"
import type { Source } from "../model/flow"
import { readSpeed, SPEED } from "./speed"
import type { SourceFlag, SourceKind } from "./source-kind"
import { watchEdited } from "./watch/edited-simulation"
import { Rebuilds } from "./watch/rebuilds"
import { Visits } from "./watch/visits"
import { loadVm } from "../simulator/node/load-vm"
import { simulate, type RunOptions } from "../simulator/run"
import type { SimulatedBoard } from "../simulator/simulated-board"

const SAMPLE_MS = 100
/** Real milliseconds between two judgements: nobody reads faster. */
const JUDGE_MS = 1000
/** What waits to be done by hand, at the most: nobody has more than a few. */
const MAX_HANDS = 100
/** Faster than this it runs as it can. */
const MOST_SPEED = 60

/** Of a program whose source is there to be edited. */
const RELOAD: SourceFlag = {
    flag: "--no-reload",
    text: "go on with the program as it was when a file of it is saved, rather than start it anew",
}

/** A run that is to be so long, or is kept, is one run. */
function isToBeEdited({ entry }: Program, flags: Readonly<Record<string, unknown>>): boolean {
    const isOne = ["for", "record", "json"].some(name => flags[name] !== undefined)
    return /\.tsx?$/.test(entry) && flags["reload"] !== false && !isOne
}

/** A simulated board, for the table. */
export const simulatedBoard: SourceKind = {
    name: "sim",
    flag: "--sim [entry]",
    text: "a simulated board running this program, in real time unless --speed says otherwise",
    what: "a simulated board",
    flags: [SPEED, RELOAD],
    async open(value, { build, run, flags, cwd }) {
        const speed = readSpeed(flags.speed)
        const options = { ...run(), speed }
        const program = await build(value === true ? undefined : value)
        const forMs = flags.for === undefined ? undefined : options.forMs
        const open = (program: Program) =>
            watchSimulation(program, { ...options, forMs: forMs ?? Number.MAX_SAFE_INTEGER })
        if (!isToBeEdited(program, flags)) return open(program)
        const entry = value === true ? program.entry : value
        const rebuilds = new Rebuilds(program, entry, cwd)
        return watchEdited(program, { rebuilds, open, staysOpen: flags["web"] !== undefined })
    },
}

/**
 * A simulated board, in real time unless `speed` says otherwise. It tells the heap exactly; the agent, if the program has it, only its
 * structures. It stands still while nobody takes its events.
 */
export function watchSimulation(
    program: Program,
    options: Pick<
        RunOptions,
        "board" | "sampleMs" | "seed" | "forMs" | "makeWorld" | "scenario" | "speed"
    >,
): Source {
    const captures = new Captures()
    const hands = new Hands()
    const looks = new Looks(program)
    const allocations = new Allocations(program)
    const reports = new Reports({ ...options, program })
    const over = (board: SimulatedBoard) => {
        looks.over(board)
        allocations.over(board)
        reports.pause(board)
    }
    const visits = new Visits(program)
    return {
        about: {
            program: { entry: program.entry },
            board: options.board,
            vm: { version: CLI_VERSION },
        },
        how: "simulated",
        async *events(signal, wants) {
            const told = new SimulationEvents(program, options.board.heapBytes)
            const events = simulate(loadVm(), {
                sampleMs: SAMPLE_MS,
                speed: 1,
                ...options,
                judgeMs: JUDGE_MS * Math.max(1, Math.min(options.speed ?? 1, MOST_SPEED)),
                program,
                heapMap: !!wants?.heapMap,
                displays: !!wants?.displays,
                controls: !!wants?.controls,
                hands: () => hands.take(),
                signal,
                isCaptureDue: () => captures.isDue(),
                onPause: board => {
                    looks.pause(board)
                    allocations.pause(board)
                    reports.pause(board)
                },
                onEvent: (event, board) => {
                    if (event.kind === "panic") over(board)
                },
                onEnd: over,
                ...(wants?.visits && { timeTravel: visits.history }),
            })
            for await (const event of events) yield* told.tell(event)
        },
        capture: () => captures.request(),
        control: {
            hand: action => hands.request(action),
            report: () => reports.request(),
            allocated: () => allocations.request(),
            sourceText: file => allocations.source(file),
            look: at => (at ? visits.look(at, board => looks.heapOf(board)!) : looks.request()),
            visit: request => visits.request(request),
        },
    }
}

/** What somebody does to a running simulation's world by hand. */
export class Hands {
    private waiting: HandAction[] = []

    /** @returns what to tell whoever asked */
    request(action: HandAction): string {
        if (this.waiting.length < MAX_HANDS) this.waiting.push(action)
        const { name, to } = action
        return to === undefined ? `${name} is pressed` : `${name} is set to ${to}`
    }

    /** What was done since the last time. */
    take(): HandAction[] {
        const { waiting } = this
        if (waiting.length > 0) this.waiting = []
        return waiting
    }
}

/** What was asked of a running simulation and is still due. */
export class Captures {
    private isWanted = false

    /** Has the whole heap told of, soon. @returns what to tell whoever asked */
    request(): string {
        this.isWanted = true
        return "exact figures taken"
    }

    /** Whether that was asked since the last time. */
    isDue(): boolean {
        const { isWanted } = this
        this.isWanted = false
        return isWanted
    }
}
