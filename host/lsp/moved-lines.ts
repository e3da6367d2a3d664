import type { Place } from "../documents/editor/last-run"

/**
 * Where a line of a run is now: where it was, or the nearest of the same text.
 * @param lines of the text as it is
 * @returns from 0; undefined where it is gone, or was changed
 */
export function lineNow(lines: readonly string[], { line, text }: Place): number | undefined {
    const at = line - 1
    if (text === "") return at < lines.length ? at : undefined
    let nearest: number | undefined
    for (const [place, written] of lines.entries())
        if (written.trim() === text && isNearer(place, nearest, at)) nearest = place
    return nearest
}

function isNearer(place: number, than: number | undefined, to: number): boolean {
    return than === undefined || Math.abs(place - to) < Math.abs(than - to)
}
