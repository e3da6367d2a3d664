import { mainFigure, saved } from "../../documents/advice"
import type { FixSaving } from "../../documents/fix/fix-report"
import type { SimReport } from "../../documents/sim-report"
import type { EffectLog } from "../../simulator/observers/effect-log"
import { formatBytesExact } from "../../base/format-units"
import { differenceOf } from "./same-effects"

interface Run {
    report: SimReport
    effects: EffectLog
}

/** An edit that saves less than this share of what was worked out is not what it was meant to be. */
const LEAST_SHARE = 0.5
/** What is kept for good so that less comes and goes, beyond what was worked out: bytes. */
const KEPT_BYTES = 512
/** What an edit that keeps less live may let come and go more, as a share of what did. */
const MORE_CHURN = 0.25

/**
 * Whether an edit is to stay: the program does the same as before, and takes less.
 * @returns what was measured, and why it is taken back, if it is
 */
export function judgeEdit(
    before: Run,
    after: Run,
    predicted: FixSaving,
): { measured: FixSaving; why?: string } {
    const measured = measure(before, after)
    const { outcome } = before.report
    const hadDied = outcome.kind === "panicked"
    const untilUs = hadDied ? (outcome.atMs ?? 0) * 1000 : undefined
    const why =
        differenceOf(before.effects, after.effects, untilUs) ??
        worseEnd(before.report, after.report) ??
        (hadDied ? undefined : tooLittle(measured, predicted))
    return { measured, ...(why !== undefined && { why }) }
}

function measure({ report: a }: Run, { report: b }: Run): Required<FixSaving> {
    return {
        live: { before: a.heap.liveBytes, after: b.heap.liveBytes },
        churn: { before: a.gc.allocatedBytes, after: b.gc.allocatedBytes },
    }
}

function worseEnd({ outcome: a }: SimReport, { outcome: b }: SimReport): string | undefined {
    if (b.kind === "timed-out") return "it takes far longer to run"
    if (a.kind === "panicked")
        return b.kind === "panicked" && b.atMs! <= a.atMs!
            ? "it dies as early as before"
            : undefined
    if (b.kind !== a.kind) return `it ends otherwise: ${b.kind} in place of ${a.kind}`
    return undefined
}

function tooLittle(measured: Required<FixSaving>, predicted: FixSaving): string | undefined {
    const { live, churn } = measured
    if (mainFigure(predicted) === "live") {
        const wanted = saved(predicted.live)
        if (saved(live) < wanted * LEAST_SHARE)
            return `it saves ${formatBytesExact(saved(live))} live where ${formatBytesExact(wanted)} were worked out`
        if (churn.after > churn.before * (1 + MORE_CHURN))
            return `it allocates ${formatBytesExact(-saved(churn))} more over the run`
        return undefined
    }
    const wantedChurn = saved(predicted.churn)
    if (saved(churn) <= 0 || saved(churn) < wantedChurn * LEAST_SHARE)
        return `it saves ${formatBytesExact(saved(churn))} of what is allocated where ${formatBytesExact(wantedChurn)} were worked out`
    if (-saved(live) > KEPT_BYTES + (predicted.churn?.after ?? 0))
        return `it keeps ${formatBytesExact(-saved(live))} more live`
    return undefined
}
