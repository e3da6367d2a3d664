import type { StructureFigures } from "../../../model/events"
import { sanitize } from "../../../base/sanitize"
import type { Style } from "../text/style"
import { fit, padLeft, padRight } from "../text/text-layout"
import { formatCount } from "../../../base/format-units"
import { worthText } from "../../../analysis/outcome/structure-worth"

const MAX_NAME = 20
const MAX_BAR = 40
const MIN_BAR = 4

/**
 * Bounded structures, a line each: name, a bar of what is in use with `┃` where it once was highest,
 * then the figures, and of those that count it what they are worth. A structure that is full, or has
 * turned something away, stands out.
 */
export function renderStructures(structures: readonly StructureFigures[], style: Style): string {
    const { colors: c } = style
    const rows = structures.map(structure => {
        const { length, capacity, highWaterMark, refused, worth } = structure
        return {
            structure,
            name: fit(sanitize(structure.name), MAX_NAME),
            use: `${formatCount(length)}/${formatCount(capacity)}`,
            rest:
                `most ${formatCount(highWaterMark)}` +
                (refused > 0 ? `, refused ${formatCount(refused)}` : "") +
                (worth ? `, ${worthText(worth)}` : ""),
        }
    })
    const width = (key: "name" | "use" | "rest") => Math.max(0, ...rows.map(row => row[key].length))
    const spare = style.width - width("name") - width("use") - width("rest") - 6
    const barWidth = Math.max(MIN_BAR, Math.min(MAX_BAR, spare))
    return rows
        .map(({ structure, name, use, rest }) => {
            const paint = structure.refused > 0 ? c.red : String
            const bar = renderBar(structure, barWidth, style)
            return fit(
                `${padRight(name, width("name"))}  ${bar}  ${padLeft(use, width("use"))}  ${paint(rest)}`,
                style.width,
            )
        })
        .join("\n")
}

function renderBar(structure: StructureFigures, width: number, { colors: c }: Style): string {
    const { length, capacity, highWaterMark } = structure
    const cells = (count: number): number =>
        capacity > 0 && count > 0
            ? Math.max(1, Math.min(width, Math.round((count / capacity) * width)))
            : 0
    const filled = cells(length)
    const most = cells(highWaterMark)
    const paint = length >= capacity ? c.red : c.cyan
    let bar = ""
    for (let cell = 1; cell <= width; cell++)
        bar +=
            cell === most && most > filled
                ? c.yellow("┃")
                : cell <= filled
                  ? paint("━")
                  : c.dim("·")
    return bar
}
