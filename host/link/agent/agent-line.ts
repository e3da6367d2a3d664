import type { StructureFigures, StructureWorth } from "../../model/events"

/** One report of the agent on the board (`devs/agent/agent.ts`, which describes the line). */
export interface AgentReport {
    kind: "report"
    /** Counts the reports of one run of the program, from 0. */
    seq: number
    /** The program's own milliseconds. */
    uptimeMs: number
    /** All registered structures, or those whose turn it was. */
    structures: StructureFigures[]
    /** What some of them are worth, by name: only those that count it. */
    worth: [name: string, worth: StructureWorth][]
    /** Where a buffer of so many bytes came to be: a new one, or the agent's own that never moves. */
    probe: { isBase: boolean; bytes: number; address: number }
}

/** What the agent kept of the run before this one (`devs/agent/last.ts`, which describes the line). */
export interface KeptReport {
    kind: "kept"
    /** Which run of the board that was, from 1. */
    run: number
    /** The report that was kept. */
    seq: number
    uptimeMs: number
    /** Where a buffer of so many bytes came to be, and where the agent's own was. */
    probe: { bytes: number; address: number; base: number }
}

/** What the exception said that the run before died of. */
export interface KeptException {
    kind: "died"
    text: string
}

/** What a line of the log is, if the agent wrote it. */
export type AgentLine =
    | AgentReport
    | KeptReport
    | KeptException
    /** It was one of the agent's, but something happened to it on the way. */
    | { kind: "damaged" }
    /** An agent of another version wrote it. */
    | { kind: "unknown-version"; version: number }

/** Reports that come at once at a program's start, beside the first; the last of them is the first with a figure. */
export const START_REPORTS = 3

/** More than any line of the agent has, in characters. */
const MAX_CHARS = 200

const STRUCTURE = / ([\w.-]{1,16})=(\d{1,12})\/(\d{1,12})\/(\d{1,12})\/(\d{1,12})/g
const WORTH = / ([\w.-]{1,16}):([dhr])(\d{1,9})\/(\d{1,9})\/(\d{1,9})/g
const ungrouped = ({ source }: RegExp) => source.replaceAll("(", "(?:")
const LINE = new RegExp(
    `^(hs[12] seq=(\\d{1,12}) ms=(\\d{1,12})((?:${ungrouped(STRUCTURE)}|${ungrouped(WORTH)})*) ` +
        "(base|probe)=(\\d{1,5}) *)\\*([0-9a-f]{4}): buffer:0x([0-9a-fA-F]{1,8})$",
)
const KEPT =
    /^hs3 last=(\d{1,9})\/(\d{1,12})\/(\d{1,12})\/(\d{1,5})\/([0-9a-fA-F]{1,8})\/([0-9a-fA-F]{1,8})$/
const DIED = /^hs3 died=(.{1,200})$/s
const KINDS = { d: "dedupe", h: "hit", r: "reuse" } as const

/**
 * Reads a line of a program's log, without its `> `. The address is the VM's own addition, which the
 * sum does not cover: `HeapEstimator` refuses one that cannot be.
 * @returns undefined for a line that is not the agent's
 */
export function parseAgentLine(text: string): AgentLine | undefined {
    const version = /^hs(\d{1,3}) /.exec(text)?.[1]
    if (version === undefined) return undefined
    if (version === "3") return readKept(text) ?? { kind: "damaged" }
    // The second version is the first with what structures are worth.
    if (version !== "1" && version !== "2")
        return { kind: "unknown-version", version: Number(version) }
    const parts = text.length <= MAX_CHARS ? LINE.exec(text) : null
    if (parts === null) return { kind: "damaged" }
    const [, summed = "", seq, ms, structures = "", kind, bytes, sum = "", address = ""] = parts
    if (fletcher16(summed) !== parseInt(sum, 16)) return { kind: "damaged" }
    return {
        kind: "report",
        seq: Number(seq),
        uptimeMs: Number(ms),
        structures: Array.from(structures.matchAll(STRUCTURE), readStructure),
        worth: Array.from(structures.matchAll(WORTH), readWorth),
        probe: {
            isBase: kind === "base",
            bytes: Number(bytes),
            address: parseInt(address, 16),
        },
    }
}

function readKept(text: string): KeptReport | KeptException | undefined {
    const died = DIED.exec(text)?.[1]
    if (died !== undefined) return { kind: "died", text: died }
    const parts = KEPT.exec(text)
    if (!parts) return undefined
    const [run = 0, seq = 0, uptimeMs = 0, bytes = 0] = parts.slice(1, 5).map(Number)
    const [address = 0, base = 0] = parts.slice(5).map(digits => parseInt(digits, 16))
    return { kind: "kept", run, seq, uptimeMs, probe: { bytes, address, base } }
}

function readStructure(parts: RegExpMatchArray): StructureFigures {
    const [, name = "", ...numbers] = parts
    const [length = 0, capacity = 0, highWaterMark = 0, refused = 0] = numbers.map(Number)
    return { name, length, capacity, highWaterMark, refused }
}

function readWorth(parts: RegExpMatchArray): [string, StructureWorth] {
    const [, name = "", kind, asked, hits, bytes] = parts
    const worth: StructureWorth = {
        kind: KINDS[kind as keyof typeof KINDS],
        asked: Number(asked),
        hits: Number(hits),
    }
    // A cache's third number is what it gave up, which is among its figures.
    if (kind === "d") worth.savedBytes = Number(bytes)
    if (kind === "r" && Number(bytes) > 0) worth.wastedBytes = Number(bytes)
    return [name, worth]
}

/** The sum of ASCII text: Fletcher's, of 16 bits, the second half high. */
export function fletcher16(text: string): number {
    let first = 0
    let second = 0
    for (let i = 0; i < text.length; i++) {
        first = (first + text.charCodeAt(i)) % 255
        second = (second + first) % 255
    }
    return (second << 8) | first
}
