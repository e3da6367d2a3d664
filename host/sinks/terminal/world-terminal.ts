import { sanitize } from "../../base/sanitize"
import { formatCount } from "../../base/format-units"
import type { WorldRecorded, WorldReport } from "../../documents/world-report"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"

/** Most names shown of each kind; `--json` has them all. */
const MAX_NAMES = 6

/** What was made up in a run, and what nobody answered; empty when the program asked for nothing. */
export function renderWorld(world: WorldReport | undefined, { colors: c, width }: Style): string {
    if (!world) return ""
    const lines = [
        ...list("recorded: ", (world.recorded ?? []).map(recordedWords), width),
        ...list("made up: ", world.madeUp, width),
        ...list("nobody answered: ", world.unanswered, width).map(line => c.yellow(line)),
    ]
    return lines.length > 0 ? [c.bold("World"), ...lines].join("\n") : ""
}

/** `outside (312 of 312 told again)`. */
function recordedWords({ serviceClass, playedBy, reports, played }: WorldRecorded): string {
    if (playedBy === undefined) return `nobody asked for 0x${serviceClass.toString(16)}`
    const all = formatCount(reports)
    return `${playedBy} (${played === reports ? all : `${formatCount(played)} of ${all}`} told again)`
}

function list(title: string, names: readonly string[], width: number): string[] {
    if (names.length === 0) return []
    const shown = names.slice(0, MAX_NAMES).map(sanitize)
    const hidden = names.length - shown.length
    const more = hidden > 0 ? [`${formatCount(hidden)} more`] : []
    return wrap(title + [...shown, ...more].join(", "), width)
}
