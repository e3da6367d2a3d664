import stringWidth from "string-width"
import { sanitize } from "../../base/sanitize"
import { formatCount } from "../../base/format-units"
import type { Shown } from "../../model/shown"
import { renderPicture } from "./charts/picture-cells"
import type { Style } from "./text/style"
import { fit, padRight, wrap } from "./text/text-layout"

/** A display's name, and its frame above and below. */
const FRAME_ROWS = 3

/**
 * What the displays and the strips of LEDs show; empty when there is none.
 * @param rows that there is room for: pictures are drawn smaller then
 */
export function renderShown(shown: readonly Shown[], style: Style, rows = Infinity): string {
    const each = Math.floor((rows + 1) / shown.length) - 1
    return shown.map(one => renderOne(one, style, each)).join("\n\n")
}

function renderOne({ name, kind, picture, text }: Shown, style: Style, rows: number): string {
    const { colors: c } = style
    if (kind === "strip" && picture)
        return [
            c.bold(sanitize(name)) + c.dim(`   ${formatCount(picture.width)} LEDs`),
            ...(c.isColorSupported
                ? renderPicture(picture, style).lines
                : colorNames(picture, style)),
        ].join("\n")
    if (text) {
        const lines = text.map(line => fit(sanitize(line), style.width - 2))
        const width = Math.max(0, ...lines.map(line => stringWidth(line)))
        const even = lines.map(line => padRight(line, width))
        return [c.bold(sanitize(name)), ...framed(even, width, style)].join("\n")
    }
    if (!picture) return `${c.bold(sanitize(name))}   nothing was drawn on it`
    const size = c.dim(`   ${picture.width} x ${picture.height} pixels`)
    const { lines, columns } = renderPicture(
        picture,
        { ...style, width: style.width - 2 },
        rows - FRAME_ROWS,
    )
    return [c.bold(sanitize(name)) + size, ...framed(lines, columns, style)].join("\n")
}

function framed(lines: readonly string[], width: number, { colors: c }: Style): string[] {
    const bar = "─".repeat(width)
    const side = c.dim("│")
    return [c.dim(`┌${bar}┐`), ...lines.map(line => side + line + side), c.dim(`└${bar}┘`)]
}

/** Colours in a row by their names on the web, for who sees none. */
function colorNames({ rgb }: NonNullable<Shown["picture"]>, { width }: Style): string[] {
    const runs: { color: string; count: number }[] = []
    for (let i = 0; i + 2 < rgb.length; i += 3) {
        const color = `#${[0, 1, 2].map(part => rgb[i + part]!.toString(16).padStart(2, "0")).join("")}`
        const last = runs.at(-1)
        if (last?.color === color) last.count++
        else runs.push({ color, count: 1 })
    }
    const words = runs.map(({ color, count }) => (count > 1 ? `${color} x${count}` : color))
    return wrap(words.join(", "), width)
}
