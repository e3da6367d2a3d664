import {
    formatBytesExact,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { BoardFit, FitReport, FitVerdict } from "../../../documents/boards/fit-report"
import type { Style } from "../text/style"
import { renderTable } from "../text/table"
import { wrap } from "../text/text-layout"

const WORDS: Readonly<Record<FitVerdict, string>> = {
    fits: "fits",
    tight: "tight",
    no: "does not",
    unclear: "not told",
}
/** Names of functions are told of up to so many. */
const MAX_NAMES = 12

/** Which boards a program fits, and why not where it does not. */
export function renderFit(report: FitReport, style: Style): string {
    const { colors: c, width } = style
    const paint = { fits: c.green, tight: c.yellow, no: c.red, unclear: c.yellow }
    const columns = [
        { title: "board", align: "left" as const },
        { title: "", align: "left" as const },
        { title: "most live", align: "right" as const },
        { title: "of heap", align: "right" as const },
        { title: "margin", align: "right" as const },
        { title: "program room left", align: "right" as const },
        { title: "ran", align: "right" as const },
    ]
    const rows = report.boards.map(({ board, verdict, heap, program, run }) => [
        board.id,
        paint[verdict](WORDS[verdict]),
        heap ? (heap.offBytes > 0 ? "≈ " : "") + formatBytesExact(heap.mostLiveBytes) : "",
        heap ? formatPercent(heap.mostLiveBytes / heap.capacityBytes) : "",
        heap ? formatBytesExact(heap.marginBytes) : "",
        formatBytesExact(program.marginBytes),
        run ? formatDuration(run.ms) + (run.from === undefined ? "" : "*") : "not run",
    ])
    const { entry, bytecodeBytes } = report.program
    return [
        `${c.bold(sanitize(entry))}, ${formatBytesExact(bytecodeBytes)}, for ${formatDuration(report.asked.forMs)} in the ${report.asked.world} world`,
        "",
        renderTable(columns, rows, style),
        ...notesOf(report).flatMap(note => ["", ...wrap(sanitize(note), width)]),
        ...whyNot(report.boards, style),
        "",
        ...unsaid(report).flatMap(note => wrap(sanitize(note), width)),
        ...endOf(report, style),
    ].join("\n")
}

function notesOf({ boards }: FitReport): string[] {
    const from = new Set(boards.flatMap(({ run }) => run?.from ?? []))
    const ms = Math.min(...boards.flatMap(({ run }) => (run?.from === undefined ? [] : run.ms)))
    const off = Math.max(...boards.map(({ heap }) => heap?.offBytes ?? 0))
    const worst = boards.find(({ worst, run }) => worst && run?.from === undefined)
    return [
        ...(from.size > 0
            ? [
                  `* It uses nothing that boards differ in: for ${formatDuration(ms)} it did the same there as on ${[...from].join(", ")}, allocation by allocation, and the longer run there, where it has least room, tells for the others: to within ${formatBytesExact(off)}, since a block takes a hole that is 4 B larger whole.`,
              ]
            : []),
        ...(worst ? [`Worst moment on ${worst.board.id}: ${worstText(worst)}.`] : []),
    ]
}

function worstText({ worst, heap }: BoardFit): string {
    const { atMs, file, line, what, heldBy, bytes } = worst!
    const place = file === undefined ? "" : ` ${file}:${line}`
    const held = heldBy === undefined ? "" : `, kept by ${heldBy}`
    return `${formatBytesExact(heap?.mostLiveBytes ?? 0)} live after ${formatDuration(atMs)}; most of it ${formatBytesExact(bytes)} of${place} (${what}${held})`
}

/** Boards with the same reason are told of together. */
function whyNot(boards: readonly BoardFit[], style: Style): string[] {
    const byReason = new Map<string, string[]>()
    for (const { board, verdict, reasons } of boards)
        for (const reason of verdict === "fits" ? [] : reasons.slice(0, 2))
            byReason.set(reason, [...(byReason.get(reason) ?? []), board.id])
    return [...byReason].flatMap(([reason, ids]) => [
        "",
        style.colors.bold(ids.join(", ")),
        ...wrap(sanitize(reason), style.width - 2).map(line => `  ${line}`),
    ])
}

/** What a green table does not say. */
function unsaid({ madeUp, unanswered, neverRan }: FitReport): string[] {
    const names = neverRan ?? []
    const more = names.length > MAX_NAMES ? `, and ${names.length - MAX_NAMES} more` : ""
    return [
        ...(neverRan === null
            ? ["Not known: which functions never ran."]
            : names.length > 0
              ? [
                    `Not exercised: ${formatCountOf(names.length, "function")} never ran: ${names.slice(0, MAX_NAMES).join(", ")}${more}. A scenario can make it happen (--scenario).`,
                ]
              : ["Every function of the program ran."]),
        ...(madeUp.length > 0 ? [`Made up: ${madeUp.join(", ")}.`] : []),
        ...(unanswered.length > 0 ? [`Nobody answered: ${unanswered.join(", ")}.`] : []),
    ]
}

function endOf({ boards, asked, passed, interrupted }: FitReport, style: Style): string[] {
    const { colors: c } = style
    const count = (verdict: FitVerdict) => boards.filter(one => one.verdict === verdict).length
    const parts = (["fits", "tight", "no", "unclear"] as const)
        .filter(verdict => count(verdict) > 0)
        .map(verdict => `${WORDS[verdict]}: ${count(verdict)}`)
    const ended = interrupted ? ["", c.yellow("Interrupted: what was not run is not told.")] : []
    const line = `${formatCountOf(boards.length, "board")}: ${parts.join(", ")}`
    if (asked.required.length === 0) return [...ended, "", c.bold(line)]
    const required = `required: ${asked.required.join(", ")}`
    const mark = passed ? c.green(`✓ ${required}`) : c.red(`✗ ${required}`)
    return [...ended, "", c.bold(line), mark]
}
