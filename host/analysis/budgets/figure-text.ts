import { formatBytesExact, formatCount, formatDuration } from "../../base/format-units"
import { figureOf, type CheckFigure, type FigureUnit } from "../../documents/check/figures"
import type { Budget, BudgetLimit } from "../../documents/check/report"

/** How values of each unit are told; exact, where a byte more may be what is too much. */
const FORMATS: Record<FigureUnit, (value: number) => string> = {
    bytes: formatBytesExact,
    "bytes-per-second": value => `${fine(Math.round(value * 10) / 10)} B/s`,
    "bytes-per-hour": value => `${formatBytesExact(value)}/h`,
    ms: value => (Math.abs(value) < 10_000 ? `${fine(value)} ms` : formatDuration(value)),
    count: formatCount,
    "per-minute": value => `${fine(value)}/min`,
}

/** What a budget is about: `high-water live`, `elements of orders at once`. */
export function labelOf({ figure, structure }: Pick<Budget, "figure" | "structure">): string {
    if (figure === "highWaterMark") return `at most in ${structure}`
    if (figure === "refused") return `refused by ${structure}`
    return figureOf(figure).label
}

/** A value of a figure, with its unit. */
export function formatFigure(figure: Budget["figure"], value: number): string {
    return FORMATS[unitOf(figure)](value)
}

export function unitOf(figure: Budget["figure"]): FigureUnit {
    return figure === "highWaterMark" || figure === "refused" ? "count" : figureOf(figure).unit
}

/** Whether more of it is better. */
export function isBetterHigh(figure: Budget["figure"]): boolean {
    return (
        figure !== "highWaterMark" && figure !== "refused" && figureOf(figure).better === "higher"
    )
}

/** A limit as one writes it: `20,000 B`, `+2%`, `+256 B`. */
export function formatLimit(figure: CheckFigure | Budget["figure"], limit: BudgetLimit): string {
    if ("value" in limit) return formatFigure(figure, limit.value)
    const sign = (by: number) => (by < 0 ? "" : "+")
    if ("byShare" in limit) return `${sign(limit.byShare)}${fine(limit.byShare * 100)}%`
    return `${sign(limit.byValue)}${formatFigure(figure, limit.byValue)}`
}

/** Three decimals at most, without zeros at the end. */
function fine(value: number): string {
    const rounded = Math.round(Math.abs(value) * 1000) / 1000
    const sign = value < 0 && rounded > 0 ? "-" : ""
    return `${sign}${formatCount(Math.trunc(rounded))}${decimals(rounded)}`
}

function decimals(value: number): string {
    return (value % 1)
        .toFixed(3)
        .slice(1)
        .replace(/\.?0+$/, "")
}
