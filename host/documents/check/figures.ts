import { ranMs, type SimReport } from "../sim-report"

/** What a check knows of one program on one board. */
export interface Measured {
    report: Omit<SimReport, "samples">
    /** Allocations by lines of the program in the second half of the run, call frames left out. */
    steadyAllocations: number | null
    /** Code of all functions, with their entries in the image's table. */
    codeBytes: number
    /** Bytes of heap that the board has beyond the least with which the program survives; null unless asked for. */
    headroomBytes: number | null
    /** The structures of the library that its variables lead to at the end, by their names. */
    structures: StructureUse[]
    /** The most live in each of 32 equal parts of the time that it ran. */
    liveOverTime: number[]
}

/** A structure of the library: how full it ever was, and how often it had no room. */
export interface StructureUse {
    /** As the program reaches it: `orders`, `station.queue`. */
    name: string
    /** `RingBuffer`. */
    kind: string
    highWaterMark: number
    refused: number
}

export type FigureUnit =
    | "bytes"
    | "bytes-per-second"
    | "bytes-per-hour"
    | "ms"
    | "count"
    | "per-minute"

/** Where the parts of a figure are from that add up to it; of the others nobody can say so. */
export type PartsOf = "most-live" | "allocated" | "steady" | "image" | "code" | "largest-free"

/** A figure of a run that may have a budget. */
export interface Figure {
    unit: FigureUnit
    /** Which direction is better: of `higher`, a budget is the least that it may be. */
    better: "lower" | "higher"
    /** After the value: `7,776 B high-water live`. */
    label: string
    /** What it is, in a sentence. */
    text: string
    /** Told in a difference, whether it has a budget or not: the same program always has the same. */
    isTold?: true
    parts?: PartsOf
    /** Of `Measured`; null where it has no value, as the time of death of what lives. */
    read: (measured: Measured) => number | null
}

const perSecond = (total: number, ms: number) => (ms > 0 ? (total * 1000) / ms : null)

/** All figures, in the order in which they are told. */
export const ALL_CHECK_FIGURES = [
    "timeToDeath",
    "live",
    "used",
    "largestFree",
    "headroom",
    "growth",
    "churn",
    "steadyAllocations",
    "collections",
    "flash",
    "bytecode",
    "boardTime",
    "calls",
    "frames",
    "turn",
] as const

export type CheckFigure = (typeof ALL_CHECK_FIGURES)[number]

/**
 * Every figure that a check may hold a program to: budgets, baselines,
 * differences, reports, and the tables of them are made of this one.
 */
export const CHECK_FIGURES: Readonly<Record<CheckFigure, Figure>> = {
    timeToDeath: {
        unit: "ms",
        better: "higher",
        label: "to its death",
        text: "Simulated time until the program dies, or will; without a value, and within any budget, while it lives and nothing grows",
        isTold: true,
        read: ({ report: { outcome, judgement, simulated } }) =>
            outcome.kind === "panicked"
                ? ranMs({ outcome, simulated })
                : (judgement.death?.atMs ?? null),
    },
    live: {
        unit: "bytes",
        better: "lower",
        label: "high-water live",
        text: "The most ever live at once",
        isTold: true,
        parts: "most-live",
        read: ({ report }) => report.heap.highWaterLiveBytes,
    },
    used: {
        unit: "bytes",
        better: "lower",
        label: "high-water used",
        text: "The most ever used at once, garbage included",
        read: ({ report }) => report.heap.highWaterUsedBytes,
    },
    largestFree: {
        unit: "bytes",
        better: "higher",
        label: "in the largest free block",
        text: "The largest free block at the end, or at the death",
        parts: "largest-free",
        read: ({ report }) => report.heap.largestFreeBytes,
    },
    headroom: {
        unit: "bytes",
        better: "higher",
        label: "of headroom",
        text: "Heap of the board beyond the smallest above which every size tried survives; searched for when it has a budget, by a dozen runs and more",
        read: ({ headroomBytes }) => headroomBytes,
    },
    growth: {
        unit: "bytes-per-hour",
        better: "lower",
        label: "of live growth",
        text: "How fast live bytes grow after the warm-up",
        read: ({ report }) => report.trend.liveBytesPerHour,
    },
    churn: {
        unit: "bytes-per-second",
        better: "lower",
        label: "of churn",
        text: "Bytes allocated a second over the run, call frames included",
        isTold: true,
        parts: "allocated",
        read: ({ report }) => perSecond(report.gc.allocatedBytes, ranMs(report)),
    },
    steadyAllocations: {
        unit: "count",
        better: "lower",
        label: "allocations in steady state",
        text: "Allocations by lines of the program in the second half of the run, call frames left out",
        isTold: true,
        parts: "steady",
        read: ({ steadyAllocations }) => steadyAllocations,
    },
    collections: {
        unit: "per-minute",
        better: "lower",
        label: "collections",
        text: "Collections a minute",
        read: ({ report }) => {
            const ms = ranMs(report)
            return ms > 0 ? (report.gc.collections * 60_000) / ms : null
        },
    },
    flash: {
        unit: "bytes",
        better: "lower",
        label: "of flash",
        text: "The program in flash: bytecode, texts and tables",
        isTold: true,
        parts: "image",
        read: ({ report }) => report.program.bytecodeBytes,
    },
    bytecode: {
        unit: "bytes",
        better: "lower",
        label: "of bytecode",
        text: "Code of all functions, with their entries in the image's table",
        parts: "code",
        read: ({ codeBytes }) => codeBytes,
    },
    boardTime: {
        unit: "ms",
        better: "lower",
        label: "of board time",
        text: "Time of the board's processor over the run",
        read: ({ report }) => report.boardTime.ms,
    },
    calls: {
        unit: "count",
        better: "lower",
        label: "calls open at once",
        text: "The most calls open at once, of the VM's 100",
        read: ({ report }) => report.stack.deepestCall,
    },
    frames: {
        unit: "bytes",
        better: "lower",
        label: "of call frames",
        text: "The most bytes that the frames of a fiber's calls take",
        read: ({ report }) => report.stack.mostFrameBytes,
    },
    turn: {
        unit: "count",
        better: "lower",
        label: "instructions without waiting",
        text: "The most instructions without waiting, of the VM's 131,072",
        read: ({ report }) => report.stack.longestTurn,
    },
}

/** What the table says of a figure. */
export function figureOf(name: CheckFigure): Figure {
    return CHECK_FIGURES[name]
}

/** Every figure with its value. */
export type FigureValues = Record<CheckFigure, number | null>

/** All figures of what was measured. */
export function readFigures(measured: Measured): FigureValues {
    return Object.fromEntries(
        ALL_CHECK_FIGURES.map(name => [name, figureOf(name).read(measured)]),
    ) as FigureValues
}
