import { changedPartText, changeText } from "../../../analysis/budgets/change-text"
import { differenceOf } from "../../../analysis/budgets/explain-change"
import { formatFigure, isBetterHigh } from "../../../analysis/budgets/figure-text"
import { formatCount, formatSigned } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { ChangedFigure, CheckChange } from "../../../documents/check/report"
import type { Style } from "../text/style"
import { indent, wrap } from "../text/text-layout"

/** Parts of a figure that are told one by one; the others are told as one, so that all add up. */
const MAX_PARTS = 6

/** Less of a rate is rounding. */
const LEAST = 1e-6

/** What a program takes against what it took: nothing where that is the same. */
export function renderChange(
    { against, isNew, because, figures }: CheckChange,
    style: Style,
): string {
    const { colors: c, width } = style
    const name = sanitize(against)
    if (isNew) return c.dim(wrap(`new: ${name} does not have it`, width).join("\n"))
    if (because !== undefined)
        return c.yellow(wrap(`not compared with ${name}: ${sanitize(because)}`, width).join("\n"))
    if (figures.length === 0) return ""
    const inner = indent.narrow(style)
    const text = figures.map(figure => renderFigure(figure, inner)).join("\n")
    return `${c.bold(wrap(`Since ${name}`, width).join("\n"))}\n${indent.lines(text, inner)}`
}

function renderFigure(figure: ChangedFigure, style: Style): string {
    const { colors: c, width } = style
    const inner = indent.narrow(style)
    const isWorse = (figure.difference ?? 0) * (isBetterHigh(figure.figure) ? -1 : 1) > 0
    const color = figure.difference === null ? c.yellow : isWorse ? c.red : c.green
    const head = wrap(sanitize(changeText(figure)), width).map(line => color(line))
    const parts = changedPartLines(figure, MAX_PARTS).flatMap(line =>
        wrap(sanitize(line), inner.width).map(text => c.dim(text)),
    )
    return [...head, ...(parts.length > 0 ? [indent.lines(parts.join("\n"), inner)] : [])].join(
        "\n",
    )
}

/** The parts of a change, a line each; those beyond the first `most` are one, so that all add up. */
export function changedPartLines({ figure, parts = [] }: ChangedFigure, most: number): string[] {
    const shown = parts.length > most ? parts.slice(0, most - 1) : parts
    const rest = parts.slice(shown.length)
    const sum = rest.reduce((total, part) => total + differenceOf(part), 0)
    const by = formatSigned(sum, value => formatFigure(figure, value))
    return [
        ...shown.map(part => changedPartText(figure, part)),
        ...(Math.abs(sum) >= LEAST ? [`${by}: ${formatCount(rest.length)} more places`] : []),
    ]
}
