import { sanitize } from "../../base/sanitize"
import type { SimReport } from "../../documents/sim-report"

/** The one line that says what happened. */
export interface VerdictLine {
    /** `good`: as hoped; `warning`: worth a look; `bad`: the program or an expectation failed. */
    severity: "good" | "warning" | "bad"
    symbol: "✓" | "!" | "✗"
    /** Without the symbol: `out of memory after 42.1 s: a leak`. */
    text: string
}

/** The parts of a report a verdict needs; a comparison's summaries have them, too. */
export type VerdictSource = Pick<SimReport, "judgement">

/** What a run comes to, in one line. */
export function verdictLine({ judgement }: VerdictSource): VerdictLine {
    const { severity, headline } = judgement
    const symbols = { good: "✓", warning: "!", bad: "✗" } as const
    return { severity, symbol: symbols[severity], text: sanitize(headline) }
}

/** How people call a program: its path, safe to print. */
export function programName(run: Pick<SimReport, "program">): string {
    return sanitize(run.program.entry)
}
