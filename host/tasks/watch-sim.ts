import { SimulationEvents } from "./simulation-events"
import type { Program } from "../model/program/program"
import { CLI_VERSION } from "../compiler/cli-version"
import type { Source } from "../model/flow"
import { readSpeed, SPEED } from "./speed"
import type { SourceFlag, SourceKind } from "./source-kind"
import { LiveSimulation } from "./watch/live-simulation"
import { watchEdited } from "./watch/edited-simulation"
import { Rebuilds } from "./watch/rebuilds"
import { loadVm } from "../simulator/node/load-vm"
import { simulate, type RunOptions } from "../simulator/run"

const SAMPLE_MS = 100
/** Real milliseconds between two judgements: nobody reads faster. */
const JUDGE_MS = 1000
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
    async open(value, { build, run, flags, cwd, editing }) {
        const speed = readSpeed(flags.speed)
        const options = { ...run(), speed }
        const program = await build(value === true ? undefined : value)
        const forMs = flags.for === undefined ? undefined : options.forMs
        const open = (program: Program) =>
            watchSimulation(program, { ...options, forMs: forMs ?? Number.MAX_SAFE_INTEGER })
        if (!isToBeEdited(program, flags)) return open(program)
        const entry = value === true ? program.entry : value
        const rebuilds = new Rebuilds(program, entry, cwd)
        return watchEdited(program, {
            ...{ rebuilds, open, staysOpen: flags["web"] !== undefined },
            ...(editing && { editing }),
        })
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
    const live = new LiveSimulation({ ...options, program })
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
                signal,
                ...live.hooks(wants),
            })
            for await (const event of events) yield* told.tell(event)
        },
        capture: () => live.capture(),
        control: live.control,
    }
}
