import { formatCount, formatSigned } from "../../base/format-units"
import type { CheckFigure } from "../../documents/check/figures"
import type { ChangedFigure, ChangedPart, Part } from "../../documents/check/report"
import { differenceOf } from "./explain-change"
import { formatFigure, labelOf } from "./figure-text"

/** A change of a figure in a line: `+312 B high-water live, 7,464 B → 7,776 B`. */
export function changeText({ figure, before, after, difference }: ChangedFigure): string {
    const label = labelOf({ figure })
    const show = (value: number | null) => (value === null ? "none" : formatFigure(figure, value))
    const values = `${show(before)} → ${show(after)}`
    if (difference === null) return `${label}: ${values}`
    const by = formatSigned(difference, value => formatFigure(figure, value))
    return `${by} ${label}, ${values}`
}

/** A part of a change in a line: `+312 B: 3 more Order kept by history, src/main.ts:66`. */
export function changedPartText(figure: CheckFigure, part: ChangedPart): string {
    const by = formatSigned(differenceOf(part), value => formatFigure(figure, value))
    return `${by}: ${whatChanged(part)}${placeText(part)}`
}

/** A part of a figure in a line: `2,048 B: 20 Order kept by history, src/main.ts:66`. */
export function partText(figure: CheckFigure, part: Part): string {
    const { value, count } = part
    const many = count === 1 ? "" : `${formatCount(count)} `
    return `${formatFigure(figure, value)}: ${many}${nameOf(part)}${placeText(part)}`
}

/** What a part is, without where: `3 more Order kept by history`. */
export function whatChanged(part: ChangedPart): string {
    const { count, value } = part
    const more = count[1] - count[0]
    if (part.what === "function") {
        const name = `function ${part.function}`
        if (count[0] === 0) return `new ${name}`
        return count[1] === 0 ? `${name} is gone` : name
    }
    // Of what takes something away from a figure, less is more.
    const isLarger = Math.abs(value[1]) > Math.abs(value[0])
    if (more === 0) return `${nameOf(part)} ${isLarger ? "larger" : "smaller"}`
    return `${formatCount(Math.abs(more))} ${more > 0 ? "more" : "fewer"} ${nameOf(part)}`
}

function nameOf({ what, heldBy, isGrown, function: name }: Omit<Part, "value" | "count">): string {
    if (what === "function") return `function ${name}`
    const kept = heldBy === undefined ? "" : ` kept by ${heldBy}`
    return isGrown ? `storage of ${what}${kept}` : `${what}${kept}`
}

function placeText({ file, line, function: name }: Pick<Part, "file" | "line" | "function">) {
    if (file === undefined) return ""
    return line === undefined ? `, in ${name} of ${file}` : `, ${file}:${line}`
}
