import stringWidth from "string-width"
import { sanitize } from "../../../base/sanitize"
import type { BoardFacts, BoardPin, WiredPin } from "../../../documents/boards/boards-report"
import type { Style } from "../text/style"
import { fit, padLeft, padRight, wrap } from "../text/text-layout"

/** One row of one edge of the board: what stands beside the pin, from the edge outwards. */
interface Cell {
    gpio: string
    name: string
    uses: string
    /** A program uses it: `uses` is what for. */
    isWired: boolean
}

/** Columns of the drawn board between its edges. */
const BODY_WIDTH = 11

/**
 * A board drawn with its pins at both edges, the USB connector at the top: as they lie on it, or, where
 * that is not known, in the order of their GPIO numbers.
 * @param wired what a program uses pins for, in place of what the board has there
 */
export function renderPinout(
    { pins, innerPins, header }: BoardFacts,
    style: Style,
    wired: readonly WiredPin[] = [],
): string {
    const cellOf = ({ name, gpio, uses }: BoardPin): Cell => {
        const wiring = wired.find(pin => pin.gpio === gpio)
        return {
            ...{ gpio: String(gpio), name, isWired: wiring !== undefined },
            uses: wiring ? sanitize(wiring.use) : uses.join(", "),
        }
    }
    /** A pin of an edge; one that programs have no name for is power, ground, or the board's own. */
    const cellsOf = (names: readonly string[]) =>
        names.map(name => {
            const pin = pins.find(pin => pin.name === name)
            return pin ? cellOf(pin) : { gpio: "", name, uses: "", isWired: false }
        })
    const half = Math.ceil(pins.length / 2)
    const [left, right] = header
        ? [cellsOf(header.left), cellsOf(header.right)]
        : [pins.slice(0, half).map(cellOf), pins.slice(half).map(cellOf)]
    const { colors: c } = style
    const paint = ({ isWired }: Cell) => (isWired ? c.green : c.dim)
    const width = (cells: Cell[], part: "gpio" | "name" | "uses") =>
        Math.max(0, ...cells.map(cell => stringWidth(cell[part])))
    const [gpioLeft, gpioRight] = [width(left, "gpio"), width(right, "gpio")]
    const [nameLeft, nameRight] = [width(left, "name"), width(right, "name")]
    const fixed = gpioLeft + nameLeft + gpioRight + nameRight + BODY_WIDTH + 10
    const forUses = Math.max(6, Math.floor((style.width - fixed) / 2))
    const usesLeft = Math.min(width(left, "uses"), forUses)
    const before = " ".repeat(usesLeft + nameLeft + gpioLeft + 4)
    const rows = Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
        const l = left[i]
        const r = right[i]
        const west = l
            ? `${padLeft(paint(l)(fit(l.uses, usesLeft)), usesLeft)}  ${padLeft(l.name, nameLeft)} ${padLeft(c.cyan(l.gpio), gpioLeft)} `
            : before
        const east = r
            ? ` ${padRight(c.cyan(r.gpio), gpioRight)} ${padRight(r.name, nameRight)}  ${paint(r)(fit(r.uses, forUses))}`
            : ""
        return `${west}${l ? "┤" : "│"}${" ".repeat(BODY_WIDTH)}${r ? "├" : "│"}${east}`.trimEnd()
    })
    const inner = innerPins.map(({ gpio, uses }) => `GPIO ${gpio} ${uses.join(", ")}`).join("; ")
    return [
        `${before}┌──┤ USB ├──┐`,
        ...rows,
        `${before}└${"─".repeat(BODY_WIDTH)}┘`,
        ...(inner === "" ? [] : wrap(`On the board: ${inner}.`, style.width)),
        c.dim(
            header
                ? "Names as programs know them; in colour the GPIO number."
                : "In the order of the GPIO numbers, not as the pins lie on the board.",
        ),
    ].join("\n")
}
