import type { Advice } from "./advice"
import type { Histograms } from "./profile/histograms"
import type { SimReport } from "./sim-report"
import type { BoardTime } from "../model/board-time"
import { metricOf, type Cost, type Order } from "./cost"

/**
 * Who allocates and who takes time, schema `heapscope/profile@1`: what `heapscope profile --json` prints.
 * Bytes are exact: `total` is the run's `gc.allocatedBytes`, `gc.allocations` and live bytes, and so are
 * the sums of `own` and of `self` over all lines, of `self` over all functions, and of the tree's sites.
 * So is board time: the sum over all lines, libraries' too, is the run's, and so is that over all
 * functions. The same run twice gives the same document, `wall` aside.
 */
export interface ProfileReport extends Pick<
    SimReport,
    "program" | "board" | "vm" | "simulated" | "wall" | "outcome" | "judgement" | "boardTime"
> {
    schema: typeof PROFILE_SCHEMA
    /** When live means live when most was (`--at-peak`); absent where it means at the end. */
    live?: "at-peak"
    /** What counts as temporary (`--temporary`): dropped within so many allocations after it was made. */
    temporary?: { within: number }
    total: Cost
    /** Every line that ran, heaviest first. */
    lines: LineCost[]
    /** Every function that ran, or was open at an allocation, heaviest first. */
    functions: FunctionCost[]
    /** The call tree; its root is no call. */
    tree: CallNode
    histograms: Histograms
    /** Present when asked for (`--advice`), what saves most first. */
    advice?: Advice[]
}

export const PROFILE_SCHEMA = "heapscope/profile@1"

/** What ran when no call was open: the runtime itself. */
export const RUNTIME = "(runtime)"
/** Paths that came after there were too many to tell apart: only their innermost call is known. */
export const OTHER = "(other paths)"

/** A line of a source. */
export interface LineCost {
    /** `file:line` from where the command runs; `(runtime)`; a pc where there is no debug information. */
    place: string
    file?: string
    /** From 1. */
    line?: number
    /** The line is a library's (in `node_modules`). */
    library: boolean
    /**
     * What the line is charged with: its allocations, and if it is the program's own, those of the
     * libraries it called, up to the next line of the program. A call's frame is the caller's.
     */
    own: Cost
    /** Allocations made by this very line. */
    self: Cost
    /** `own` by type of block. */
    types: Record<string, Cost>
    /**
     * What the line itself took of the board's processor, built-in functions that it calls included. A
     * library's line has its own: by whom it was called is not counted.
     */
    boardTime: BoardTime
}

/** A function of the program or of a library. */
export interface FunctionPlace {
    function: string
    file?: string
    /** Where it is declared, from 1. */
    line?: number
    library: boolean
}

export interface FunctionCost extends FunctionPlace {
    /** Allocations made by its own lines. */
    self: Cost
    /** All allocations made while it was open, by whomever. Recursion counts once. */
    total: Cost
    /** What its own lines took of the board's processor; what it calls is not in it. */
    boardTime: BoardTime
}

/** A function at the end of one path of calls. */
export interface CallNode extends FunctionPlace {
    /** Its sites and all below. */
    total: Cost
    /** What it allocated itself, by line and type of block, heaviest first. */
    sites: Site[]
    /** Whom it called, heaviest first. */
    children: CallNode[]
}

export interface Site extends Cost {
    line?: number
    /** Type of block. */
    type: string
}

/** The figure of a line or a function that an order is about: bytes, allocations or milliseconds. */
export function figureOf(cost: Cost, { ms }: BoardTime, by: Order): number {
    return by === "time" ? ms : metricOf(cost, by)
}

/** What of a profile does not depend on the run's outcome. */
export type ProfileFigures = Pick<ProfileReport, "total" | "lines" | "functions" | "tree">
