import { metricOf, type Metric } from "../../documents/cost"
import type { LineCost, ProfileReport } from "../../documents/profile-report"
import { share } from "./charts/gauge"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { fit, fitEnd, padLeft } from "./text/text-layout"
import { formatBytes, formatCount } from "../../base/format-units"

/** A line with more than this share of everything is marked. */
const HOT = 0.05
/** Lines shown around one with costs. */
const CONTEXT = 1
const TAB = "    "

/**
 * The source of the heaviest lines, what surrounds them, and in the margin what each line is charged
 * with. Files with more come first; a mark stands where it is hot.
 * @param texts of the sources, by the names the profile has for them
 */
export function renderProfileSource(
    profile: ProfileReport,
    texts: ReadonlyMap<string, string>,
    { by, top }: { by: Metric; top: number },
    style: Style,
): string {
    const shown = profile.lines.slice(0, top).filter(line => metricOf(line.own, by) > 0)
    const files = new Set(shown.map(({ file }) => file).filter(file => file !== undefined))
    return [...files]
        .filter(file => texts.has(file))
        .map(file => {
            const lines = profile.lines.filter(line => line.file === file)
            const around = shown.filter(line => line.file === file).map(({ line }) => line!)
            const total = metricOf(profile.total, by)
            return renderFile(file, texts.get(file)!, lines, around, { by, total }, style)
        })
        .join("\n\n")
}

function renderFile(
    file: string,
    text: string,
    costs: readonly LineCost[],
    around: readonly number[],
    { by, total }: { by: Metric; total: number },
    { colors: c, width }: Style,
): string {
    const source = text.split(/\r?\n/)
    const byLine = new Map(costs.map(cost => [cost.line, cost]))
    const numbers = windows(around, source.length)
    const digits = String(numbers.at(-1) ?? 0).length
    const margin = (cells: string[], mark: string) =>
        `${mark} ${padLeft(cells[0]!, 9)} ${padLeft(cells[1]!, 8)} ${padLeft(cells[2]!, 9)} `
    const codeWidth = Math.max(1, width - margin(["", "", ""], " ").length - digits - 3)

    const titles = margin(["allocated", "count", "live"], " ")
    const lines = [c.dim(titles) + c.bold(fitEnd(sanitize(file), width - titles.length))]
    numbers.forEach((number, i) => {
        if (i > 0 && number > numbers[i - 1]! + 1)
            lines.push(c.dim(`${margin(["", "", ""], " ")}${padLeft("⋮", digits)}`))
        const cost = byLine.get(number)?.own
        const hot = cost !== undefined && share(metricOf(cost, by), total) >= HOT
        const cells = cost
            ? [formatBytes(cost.bytes), formatCount(cost.allocations), liveText(cost.liveBytes)]
            : ["", "", ""]
        const figures = margin(cells, hot ? "▶" : " ")
        const code = fit(sanitize((source[number - 1] ?? "").replaceAll("\t", TAB)), codeWidth)
        const place = `${c.dim(padLeft(String(number), digits))} ${c.dim("│")} `
        const painted = hot ? c.bold(code) : cost ? code : c.dim(code)
        lines.push(((hot ? c.red(figures) : figures) + place + painted).trimEnd())
    })
    return lines.join("\n")
}

/** Zeros would hide what is live among them. */
function liveText(bytes: number): string {
    return bytes > 0 ? formatBytes(bytes) : "-"
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
