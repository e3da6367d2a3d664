import { verdictLine } from "../analysis/outcome/verdict"
import { ProgramError, UserError } from "../base/errors"
import { formatBytesExact, formatCount, formatDuration } from "../base/format-units"
import { ranMs, type SimReport } from "../documents/sim-report"
import { readSize, readTime, type Duration, type Size } from "./run-settings"
import type { Simulation } from "./simulate"

/** Limits for a run; what is left out is not limited. */
export interface Budget {
    /** The most bytes ever live at once. */
    liveBytes?: Size
    /** The most bytes ever used at once, garbage included. */
    usedBytes?: Size
    /** All bytes that were allocated. */
    allocatedBytes?: Size
    /** All allocations, call frames included. */
    allocations?: number
    /** The program in flash. */
    bytecodeBytes?: Size
    /** What the board's processor would take for the run: milliseconds of a Pico. */
    boardTime?: Duration
    /** The deepest call: the VM has room for 100. */
    calls?: number
    /** The most bytes of call frames at once. */
    frames?: Size
    /** The most instructions without waiting: the VM ends a program after 131,072. */
    turn?: number
}

/** Whether something holds, in words for both. */
export interface Verdict {
    pass: boolean
    /** What to say when it was to fail. */
    holds: string
    /** What to say when it was to hold. */
    fails: string
}

/** How a figure is read off a run, how its limit is read, and how both are told. */
interface Figure {
    name: string
    of: (run: SimReport) => number
    read: (name: string, limit: string | number) => number
    show: (value: number) => string
}

const BYTES = { read: readSize, show: formatBytesExact }
const COUNT = { read: readCount, show: formatCount }
const TIME = { read: readTime, show: (ms: number) => `${formatCount(Math.ceil(ms))} ms` }

const FIGURES: Record<keyof Budget, Figure> = {
    liveBytes: { ...BYTES, name: "live at most", of: ({ heap }) => heap.highWaterLiveBytes },
    usedBytes: { ...BYTES, name: "used at most", of: ({ heap }) => heap.highWaterUsedBytes },
    allocatedBytes: { ...BYTES, name: "allocated", of: ({ gc }) => gc.allocatedBytes },
    allocations: { ...COUNT, name: "allocations", of: ({ gc }) => gc.allocations },
    bytecodeBytes: { ...BYTES, name: "of bytecode", of: ({ program }) => program.bytecodeBytes },
    boardTime: { ...TIME, name: "of board time", of: ({ boardTime }) => boardTime.ms },
    calls: { ...COUNT, name: "calls open at once", of: ({ stack }) => stack.deepestCall },
    frames: { ...BYTES, name: "of call frames", of: ({ stack }) => stack.mostFrameBytes },
    turn: {
        ...COUNT,
        name: "instructions without waiting",
        of: ({ stack }) => stack.longestTurn,
    },
}

/** @throws UserError for a limit that is no size, an unknown one or none; ProgramError for a program that failed */
export function stayUnder(run: SimReport, budget: Budget): Verdict {
    checkAlive(run)
    const limits = Object.entries(budget).filter(([, limit]) => limit !== undefined)
    if (limits.length === 0)
        throw new UserError("E_ARGUMENTS", "Nothing is limited: name a figure and its limit.")
    const over: string[] = []
    const said: string[] = []
    for (const [figure, limit] of limits) {
        if (!(figure in FIGURES))
            throw new UserError(
                "E_VALUE",
                `There is no figure ${figure}: take one of ${Object.keys(FIGURES).join(", ")}.`,
            )
        const { name, of, read, show } = FIGURES[figure as keyof Budget]
        const most = read(figure, limit as string | number)
        const is = of(run)
        said.push(`${show(is)} ${name}`)
        if (is > most)
            over.push(`${show(is)} ${name}: ${show(is - most)} over the limit of ${show(most)}`)
    }
    return {
        pass: over.length === 0,
        holds: `${run.program.entry} stayed under it: ${said.join(", ")}`,
        fails: `${run.program.entry} on ${run.board.id}:\n${over.map(line => `  ${line}`).join("\n")}`,
    }
}

function readCount(name: string, value: string | number): number {
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value
    throw new UserError("E_VALUE", `${name}: ${JSON.stringify(value)} is not a whole number.`)
}

/** @throws UserError for what is no time, or one after the run; ProgramError for a program that failed */
export function allocateNothingAfter(
    run: Pick<Simulation, "allocatingLines"> & SimReport,
    time: Duration,
): Verdict {
    checkAlive(run)
    const fromMs = readTime("the time", time)
    if (fromMs >= ranMs(run))
        throw new UserError(
            "E_VALUE",
            `The run had ended by ${formatDuration(fromMs)}: let it go on for longer, or take an earlier time.`,
        )
    const lines = run.allocatingLines.filter(({ lastAtMs }) => lastAtMs >= fromMs)
    const list = lines.map(
        ({ place, types, allocations, bytes, lastAtMs }) =>
            `  ${place}: ${types.join(", ")}, last at ${formatDuration(lastAtMs)}; ` +
            `${allocations.toLocaleString("en-US")} allocations of ${formatBytesExact(bytes)} in all`,
    )
    const when = `after ${formatDuration(fromMs)}`
    return {
        pass: lines.length === 0,
        holds: `${run.program.entry} allocates nothing ${when}`,
        fails: `${run.program.entry} still allocates ${when}:\n${list.join("\n")}`,
    }
}

/** @throws UserError for a run in which leaks were not looked for; ProgramError for a program that failed */
export function haveNoLeaks(run: SimReport): Verdict {
    checkAlive(run)
    if (!run.leaks)
        throw new UserError("E_ARGUMENTS", "Leaks were not looked for: simulate with leaks: true.")
    const list = run.leaks.map(({ path, filledAt }) => {
        const where = filledAt ? `, filled at ${filledAt.file}:${filledAt.line}` : ""
        return `  ${path} never stops growing${where}`
    })
    return {
        pass: list.length === 0,
        holds: `${run.program.entry} has no leaks`,
        fails: `${run.program.entry} on ${run.board.id}:\n${list.join("\n")}`,
    }
}

/** Of a program that died there is nothing else to say, neither that it holds nor that it does not. */
function checkAlive(run: SimReport): void {
    const { kind } = run.outcome
    if (kind === "running" || kind === "finished" || kind === "expected-text") return
    throw new ProgramError("E_PROGRAM_FAILED", verdictLine(run).text)
}
