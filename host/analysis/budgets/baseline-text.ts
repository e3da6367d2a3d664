import { UserError } from "../../base/errors"
import { shorten } from "../../base/shorten"
import type { Baseline, Conditions, KnownRun } from "../../documents/check/baseline"
import {
    ALL_CHECK_FIGURES,
    type CheckFigure,
    type FigureValues,
    type PartsOf,
    type StructureUse,
} from "../../documents/check/figures"
import type { BudgetLimit, Part, Parts } from "../../documents/check/report"

/** The first line: what the file is, and of which version. */
const HEAD = "# heapscope baseline 1"
const EXPLAINED = `${HEAD}: what each program took on each board. \`heapscope check --update-baseline\` writes it: commit it.`
/** Stands for all boards of a program: most of them have the same parts. */
const ALL_BOARDS = "*"
/** A field that is empty. */
const EMPTY = "-"
const KINDS: readonly PartsOf[] = ["most-live", "allocated", "steady", "image", "largest-free"]
/** Where git could not merge two of them. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})/

type Row = readonly (string | number | undefined)[]

/**
 * A baseline as the file it is kept in: a line for each figure, part and budget, sorted, so that git merges
 * two that changed at different places and a person reads what is different.
 */
export function formatBaseline({ runs }: Pick<Baseline, "runs">): string {
    const byProgram = new Map<string, KnownRun[]>()
    for (const run of runs) byProgram.set(run.program, [...(byProgram.get(run.program) ?? []), run])
    const rows = [...byProgram]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([program, ofProgram]) => programRows(program, ofProgram))
    return `${[EXPLAINED, ...rows.map(row => row.map(field).join(" | "))].join("\n")}\n`
}

/**
 * Reads what `formatBaseline` writes.
 * @param name of the file, for messages and as the baseline's
 * @throws UserError naming the line that is not one of a baseline
 */
export function parseBaseline(text: string, name: string): Baseline {
    const lines = text.split("\n")
    const refuse = (index: number, why: string) =>
        new UserError("E_BASELINE", `${name}:${index + 1}: ${why}`)
    if (!lines[0]?.startsWith(HEAD))
        throw refuse(0, "it is no baseline of heapscope, or one of another version.")
    const runs = new Map<string, KnownRun>()
    const shared: { program: string; add: (run: KnownRun) => void }[] = []
    for (const [index, line] of lines.entries()) {
        if (CONFLICT.test(line))
            throw refuse(
                index,
                "git could not merge it: take either side, then run heapscope check --update-baseline.",
            )
        if (line.trim() === "" || line.startsWith("#")) continue
        const [program = "", board = "", ...rest] = line.split("|").map(unfield)
        const add = readRow(rest)
        if (!add || program === "" || board === "")
            throw refuse(index, `${JSON.stringify(shorten(line))} is no line of a baseline.`)
        if (board === ALL_BOARDS) shared.push({ program, add })
        else {
            const key = JSON.stringify([program, board])
            const run = runs.get(key) ?? emptyRun(program, board)
            runs.set(key, run)
            add(run)
        }
    }
    for (const { program, add } of shared)
        for (const run of runs.values()) if (run.program === program) add(run)
    for (const { parts } of runs.values())
        if (parts.image) parts.code = parts.image.filter(({ what }) => what === "function")
    return { name, runs: [...runs.values()] }
}

function emptyRun(program: string, board: string): KnownRun {
    const conditions = { forMs: 0, seed: 0, heapBytes: 0, vm: "" }
    return { program, board, conditions, figures: {}, structures: [], parts: {}, budgets: [] }
}

function programRows(program: string, runs: readonly KnownRun[]): Row[] {
    const sorted = [...runs].sort((a, b) => (a.board < b.board ? -1 : 1))
    const shared = KINDS.filter(kind => isShared(sorted, kind))
    return [
        ...shared.flatMap(kind => partRows(program, ALL_BOARDS, sorted[0]!.parts, kind)),
        ...sorted.flatMap(run => [
            ...runRows(run),
            ...KINDS.filter(kind => !shared.includes(kind)).flatMap(kind =>
                partRows(program, run.board, run.parts, kind),
            ),
        ]),
    ]
}

function isShared([first, ...others]: readonly KnownRun[], kind: PartsOf): boolean {
    const text = JSON.stringify(partRows("", "", first!.parts, kind))
    return others.every(({ parts }) => JSON.stringify(partRows("", "", parts, kind)) === text)
}

function runRows({ program, board, conditions, figures, structures, budgets }: KnownRun): Row[] {
    const { forMs, seed, heapBytes, vm } = conditions
    return [
        [program, board, "run", forMs, seed, heapBytes, vm],
        ...ALL_CHECK_FIGURES.flatMap(name =>
            typeof figures[name] === "number" ? [[program, board, name, figures[name]]] : [],
        ),
        ...structures.map(({ name, kind, highWaterMark, refused }) => [
            ...[program, board, "structure", name, kind, highWaterMark, refused],
        ]),
        ...budgets.map(({ figure, structure, limit, reason }) => [
            ...[program, board, "budget", figure, structure, ...limitFields(limit), reason],
        ]),
    ]
}

function partRows(program: string, board: string, parts: Parts, kind: PartsOf): Row[] {
    return (parts[kind] ?? [])
        .map(part => [
            ...[program, board, `${kind} part`, part.file, part.function, part.what],
            ...[part.isGrown ? "grown" : undefined, part.heldBy, part.value, part.count, part.text],
        ])
        .sort((a, b) => (a.join("\0") < b.join("\0") ? -1 : 1))
}

/** Puts what a line says into a run; undefined for one that says nothing. */
function readRow([kind = "", ...fields]: string[]): ((run: KnownRun) => void) | undefined {
    if (kind === "run") return readConditions(fields)
    if (kind === "structure") return readStructure(fields)
    if (kind === "budget") return readBudgetRow(fields)
    const ofParts = KINDS.find(one => kind === `${one} part`)
    if (ofParts) return readPart(ofParts, fields)
    const value = number(fields[0])
    const figure = ALL_CHECK_FIGURES.find(name => name === kind)
    if (value === undefined || figure === undefined) return undefined
    return ({ figures }) => void ((figures as FigureValues)[figure] = value)
}

function readConditions([forMs, seed, heapBytes, vm = ""]: string[]) {
    const numbers = [forMs, seed, heapBytes].map(number)
    if (numbers.some(one => one === undefined)) return undefined
    const [a, b, c] = numbers as [number, number, number]
    const conditions: Conditions = { forMs: a, seed: b, heapBytes: c, vm }
    return (run: KnownRun) => void (run.conditions = conditions)
}

function readStructure([name = "", kind = "", most, refusals]: string[]) {
    const [highWaterMark, refused] = [number(most), number(refusals)]
    if (highWaterMark === undefined || refused === undefined) return undefined
    const use: StructureUse = { name, kind, highWaterMark, refused }
    return (run: KnownRun) => void run.structures.push(use)
}

function readBudgetRow([figure = "", structure = "", how, value, reason = ""]: string[]) {
    const limit = limitOf(how, number(value))
    const names: readonly string[] = [...ALL_CHECK_FIGURES, "highWaterMark", "refused"]
    if (!limit || !names.includes(figure)) return undefined
    return (run: KnownRun) =>
        void run.budgets.push({
            ...{ figure: figure as CheckFigure, limit },
            ...(structure !== "" && { structure }),
            ...(reason !== "" && { reason }),
        })
}

function limitFields(limit: BudgetLimit): Row {
    if ("value" in limit) return ["limit", limit.value]
    return "byValue" in limit ? ["by value", limit.byValue] : ["by share", limit.byShare]
}

function limitOf(how: string | undefined, value: number | undefined): BudgetLimit | undefined {
    if (value === undefined) return undefined
    if (how === "limit") return { value }
    if (how === "by value") return { byValue: value }
    return how === "by share" ? { byShare: value } : undefined
}

function readPart(kind: PartsOf, fields: string[]) {
    const [file = "", name = "", what = "", grown = "", heldBy = "", is, many, text = ""] = fields
    const [value, count] = [number(is), number(many)]
    if (value === undefined || count === undefined || what === "") return undefined
    const part: Part = {
        ...(name !== "" && { function: name }),
        ...(file !== "" && { file }),
        ...(text !== "" && { text }),
        what,
        ...(grown !== "" && { isGrown: true as const }),
        ...(heldBy !== "" && { heldBy }),
        ...{ value, count },
    }
    return ({ parts }: KnownRun) => void (parts[kind] ??= []).push(part)
}

function number(text: string | undefined): number | undefined {
    return text !== undefined && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)
        ? Number(text)
        : undefined
}

/** As it stands between two bars. */
function field(value: string | number | undefined): string {
    const text = String(value ?? "").trim()
    if (text === "") return EMPTY
    if (text === EMPTY) return `\\${EMPTY}`
    return text
        .replaceAll("\\", "\\\\")
        .replaceAll("|", "\\p")
        .replace(/\s*\n\s*/g, "\\n")
}

const ESCAPED: Record<string, string> = { p: "|", n: "\n" }

function unfield(text: string): string {
    const trimmed = text.trim()
    if (trimmed === EMPTY) return ""
    return trimmed.replace(/\\(.)/g, (_, character: string) => ESCAPED[character] ?? character)
}
