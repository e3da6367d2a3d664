import type { CodeLens } from "vscode-languageserver"
import { formatBytes, formatCountOf, formatDuration, formatPercent } from "../base/format-units"
import type { LastProfile } from "../documents/editor/last-run"
import { PROFILE_COMMAND } from "./commands"
import { lineNow } from "./moved-lines"

/** What has less of the run's bytes is not told of: a lens takes a line of the screen. */
const LEAST_SHARE = 0.01

/**
 * What lines of a file allocated in the last run, each above its line, and the run itself above the first.
 * @param path of the file, absolute
 * @param text as it is now: lines may have moved
 */
export function lensesOf(
    { path, uri, text }: { path: string; uri: string; text: string },
    profile: LastProfile | undefined,
    nowMs: number,
): CodeLens[] {
    const again = { command: PROFILE_COMMAND, arguments: [uri] }
    if (!profile) return [lens(0, { ...again, title: "heapscope: profile this program" })]
    const { board, ranMs, atMs, total } = profile
    const own = profile.lines.filter(({ file }) => file === path)
    const sum = own.reduce((bytes, line) => bytes + line.bytes, 0)
    const here = `${formatBytes(sum)} of ${formatBytes(total.bytes)} allocated here`
    const run = `${formatDuration(ranMs)} on ${board.id}, ${ago(nowMs - atMs)}`
    const lenses = [lens(0, { ...again, title: `heapscope: ${here} (${run}): run again` })]
    const lines = text.split(/\r?\n/)
    for (const line of own) {
        if (line.bytes < LEAST_SHARE * total.bytes) continue
        const at = lineNow(lines, line)
        if (at === undefined) continue
        const share = formatPercent(line.bytes / total.bytes)
        const live = line.liveBytes > 0 ? `, ${formatBytes(line.liveBytes)} live at the end` : ""
        const title = `${formatCountOf(line.allocations, "allocation")}, ${formatBytes(line.bytes)} (${share})${live}`
        lenses.push(lens(at, { ...again, title }))
    }
    return lenses
}

function lens(line: number, command: NonNullable<CodeLens["command"]>): CodeLens {
    return { range: { start: { line, character: 0 }, end: { line, character: 0 } }, command }
}

function ago(ms: number): string {
    return ms < 60_000 ? "just now" : `${formatDuration(Math.floor(ms / 60_000) * 60_000)} ago`
}
