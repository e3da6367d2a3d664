import type { Order } from "../../../documents/cost"
import { figureOf, type LineCost, type ProfileReport } from "../../../documents/profile-report"
import { share } from "../charts/gauge"
import { marginColumns, type Charged } from "./profile-figures"
import { sanitize } from "../../../base/sanitize"
import type { Style } from "../text/style"
import { fit, fitEnd, padLeft } from "../text/text-layout"

/** A line with more than this share of everything is marked. */
const HOT = 0.05
/** Lines shown around one with costs. */
const CONTEXT = 1
const TAB = "    "
/** Columns of a figure. */
const CELL = 9

/**
 * The source of the heaviest lines, what surrounds them, and in the margin what each line is charged
 * with. Files with more come first; a mark stands where it is hot.
 * @param texts of the sources, by the names the profile has for them
 */
export function renderProfileSource(
    profile: ProfileReport,
    texts: ReadonlyMap<string, string>,
    { by, top }: { by: Order; top: number },
    style: Style,
): string {
    const shown = profile.lines
        .slice(0, top)
        .filter(line => figureOf(line.own, line.boardTime, by) > 0)
    const files = new Set(shown.map(({ file }) => file).filter(file => file !== undefined))
    return [...files]
        .filter(file => texts.has(file))
        .map(file => {
            const lines = profile.lines.filter(line => line.file === file)
            const around = shown.filter(line => line.file === file).map(({ line }) => line!)
            const whole = { cost: profile.total, boardTime: profile.boardTime }
            return renderFile(file, texts.get(file)!, lines, around, { by, whole }, style)
        })
        .join("\n\n")
}

function renderFile(
    file: string,
    text: string,
    costs: readonly LineCost[],
    around: readonly number[],
    { by, whole }: { by: Order; whole: Charged },
    { colors: c, width }: Style,
): string {
    const source = text.split(/\r?\n/)
    const byLine = new Map(costs.map(cost => [cost.line, cost]))
    const numbers = windows(around, source.length)
    const digits = String(numbers.at(-1) ?? 0).length
    const columns = marginColumns(by, width)
    const margin = (cells: readonly string[], mark: string) =>
        `${mark} ${cells.map(cell => `${padLeft(cell, CELL)} `).join("")}`
    const empty = columns.map(() => "")
    const codeWidth = Math.max(1, width - margin(empty, " ").length - digits - 3)
    const all = figureOf(whole.cost, whole.boardTime, by)

    const titles = margin(
        columns.map(({ title }) => title),
        " ",
    )
    const lines = [c.dim(titles) + c.bold(fitEnd(sanitize(file), width - titles.length))]
    numbers.forEach((number, i) => {
        if (i > 0 && number > numbers[i - 1]! + 1)
            lines.push(c.dim(`${margin(empty, " ")}${padLeft("⋮", digits)}`))
        const cost = byLine.get(number)
        const hot = cost && share(figureOf(cost.own, cost.boardTime, by), all) >= HOT
        const cells = cost
            ? columns.map(({ text }) => text({ cost: cost.own, boardTime: cost.boardTime }, whole))
            : empty
        const figures = margin(cells, hot ? "▶" : " ")
        const code = fit(sanitize((source[number - 1] ?? "").replaceAll("\t", TAB)), codeWidth)
        const place = `${c.dim(padLeft(String(number), digits))} ${c.dim("│")} `
        const painted = hot ? c.bold(code) : cost ? code : c.dim(code)
        lines.push(((hot ? c.red(figures) : figures) + place + painted).trimEnd())
    })
    return lines.join("\n")
}

/** Line numbers around some, ascending. Where a gap would take a line, that line stands in it. */
function windows(around: readonly number[], last: number): number[] {
    const numbers = new Set<number>()
    for (const line of around)
        for (let near = line - CONTEXT; near <= line + CONTEXT; near++)
            if (near >= 1 && near <= last) numbers.add(near)
    for (const number of [...numbers]) if (numbers.has(number + 2)) numbers.add(number + 1)
    return [...numbers].sort((a, b) => a - b)
}
