/**
 * A horizontal bar of `value` against `max`, at most `width` columns long, exact to half a column.
 * Anything above zero shows.
 */
export function gauge(value: number, max: number, width: number): string {
    if (!(value > 0) || !(max > 0)) return ""
    const halves = Math.max(1, Math.round(Math.min(1, value / max) * width * 2))
    return "━".repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? "╸" : "")
}

/** `part` of `whole`, 0 to 1; 0 of nothing. */
export function share(part: number, whole: number): number {
    return whole > 0 ? part / whole : 0
}
