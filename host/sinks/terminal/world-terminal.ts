import { sanitize } from "../../base/sanitize"
import { formatCount } from "../../base/format-units"
import type { WorldReport } from "../../documents/world-report"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"

/** Most names shown of each kind; `--json` has them all. */
const MAX_NAMES = 6

/** What was made up in a run, and what nobody answered; empty when the program asked for nothing. */
export function renderWorld(world: WorldReport | undefined, { colors: c, width }: Style): string {
    if (!world) return ""
    const lines = [
        ...list("made up: ", world.madeUp, width),
        ...list("nobody answered: ", world.unanswered, width).map(line => c.yellow(line)),
    ]
    return lines.length > 0 ? [c.bold("World"), ...lines].join("\n") : ""
}

function list(title: string, names: readonly string[], width: number): string[] {
    if (names.length === 0) return []
    const shown = names.slice(0, MAX_NAMES).map(sanitize)
    const hidden = names.length - shown.length
    const more = hidden > 0 ? [`${formatCount(hidden)} more`] : []
    return wrap(title + [...shown, ...more].join(", "), width)
}
