import { changeText } from "../../analysis/budgets/change-text"
import { formatFigure } from "../../analysis/budgets/figure-text"
import { formatCountOf, formatPercent, formatSigned } from "../../base/format-units"
import type { CheckFigure } from "../../documents/check/figures"
import type { Check } from "../../documents/check/report"
import { changedPartLines } from "../terminal/check/change-terminal"
import { safeXml } from "../svg/svg"
import { nameOf, type FoundByCheck } from "./found-by-check"
import { codeSpan, cutBlocks, plainText, type Table } from "./markdown-text"
import { sparkline } from "./sparkline"

/** By which whoever keeps one comment up to date finds it again. */
export const MARKER = "<!-- heapscope check -->"
/** Of a change, told one by one. */
const MAX_PARTS = 10

/**
 * A check as a job's summary or a comment: what failed first, then the heap, then flash, then each change
 * with its parts. Never longer than GitHub takes: what is left out is said.
 */
export function checkMarkdown({ report }: FoundByCheck): string {
    const { checks, vanished = [], interrupted } = report
    const failed = checks.filter(check => !check.passed)
    const warned = checks.filter(({ passed, warnings }) => passed && warnings.length > 0)
    const sorted = [...failed, ...checks.filter(check => check.passed)]
    const title =
        failed.length > 0
            ? `## ✗ heapscope: ${failed.length} of ${formatCountOf(checks.length, "check")} failed`
            : interrupted
              ? `## heapscope: interrupted after ${formatCountOf(checks.length, "check")}`
              : `## ✓ heapscope: ${formatCountOf(checks.length, "check")} passed`
    return cutBlocks(`${MARKER}\n${title}\n`, [
        ...[...failed, ...warned].map(failure),
        heapTable(sorted),
        flashTable(sorted),
        ...checks.flatMap(change),
        ...(vanished.length > 0
            ? [`Not checked any more: ${vanished.map(codeSpan).join(", ")}.`]
            : []),
    ])
}

function heapTable(checks: readonly Check[]): Table {
    const figures = ["live", "largestFree", "churn"] as const
    return {
        head: ["RAM", "program", "board", "live over time", "most live", "of the heap"].concat(
            "largest free",
            "churn",
        ),
        align: ["", "", "", "", "r", "r", "r", "r"],
        rows: checks.map(check => {
            const { report, liveOverTime } = check
            const { highWaterLiveBytes, capacityBytes } = report.heap
            const [live = "", ...others] = figures.map(figure => cell(check, figure))
            return [
                ...[markOf(check), codeSpan(report.program.entry), codeSpan(report.board.id)],
                ...[sparkline(liveOverTime), live],
                ...[formatPercent(highWaterLiveBytes / capacityBytes), ...others],
            ]
        }),
    }
}

/** A program's flash is the same on all boards: a line each that differs. */
function flashTable(checks: readonly Check[]): Table {
    const rows = new Map<string, { entry: string; boards: string[]; cells: string[] }>()
    for (const check of checks) {
        const { program, board } = check.report
        const cells = [cell(check, "flash"), cell(check, "bytecode")]
        const key = JSON.stringify([program.entry, cells])
        const row = rows.get(key) ?? { entry: program.entry, boards: [], cells }
        row.boards.push(board.id)
        rows.set(key, row)
    }
    return {
        head: ["flash", "boards", "in all", "functions"],
        align: ["", "", "r", "r"],
        rows: [...rows.values()].map(({ entry, boards, cells }) => [
            ...[codeSpan(entry), boards.map(codeSpan).join(", "), ...cells],
        ]),
    }
}

/** A figure, and by how much it is another. */
function cell({ figures, change: changed }: Check, figure: CheckFigure): string {
    const value = figures[figure]
    if (value === null) return ""
    const show = (is: number) => formatFigure(figure, is)
    const by = changed?.figures.find(one => one.figure === figure)?.difference
    return `${show(value)}${by ? ` (${formatSigned(by, show)})` : ""}`
}

function markOf({ passed, warnings }: Check): string {
    if (!passed) return "✗"
    return warnings.length > 0 ? "!" : "✓"
}

function failure(check: Check): string {
    const lines = [...check.failures, ...check.warnings].flatMap(({ message, places = [] }) => [
        `- ${plainText(message)}`,
        ...places
            .filter(place => place.message !== message)
            .map(place => `    - ${plainText(place.message)}`),
    ])
    return `**${markOf(check)} ${plainText(nameOf(check))}**\n\n${lines.join("\n")}`
}

function change(check: Check): string[] {
    const { change: changed } = check
    if (changed?.isNew) return [`New: ${codeSpan(nameOf(check))}.`]
    if (changed?.because !== undefined)
        return [`${codeSpan(nameOf(check))} is not compared: ${plainText(changed.because)}.`]
    if (!changed || changed.figures.length === 0) return []
    const lines = changed.figures.flatMap(figure => [
        `- ${plainText(changeText(figure))}`,
        ...changedPartLines(figure, MAX_PARTS).map(line => `    - ${plainText(line)}`),
    ])
    // Here it is HTML.
    const summary = safeXml(`${nameOf(check)} since ${changed.against}`)
    return [`<details><summary>${summary}</summary>\n\n${lines.join("\n")}\n\n</details>`]
}
