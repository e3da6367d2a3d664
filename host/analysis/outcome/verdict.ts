import { sanitize } from "../../base/sanitize"
import { ranMs, type Outcome, type SimReport, type Verdict } from "../../documents/sim-report"
import { formatBytes, formatDuration } from "../../base/format-units"

/** The one line that says what happened. */
export interface VerdictLine {
    /** `good`: as hoped; `warning`: worth a look; `bad`: the program or an expectation failed. */
    severity: "good" | "warning" | "bad"
    symbol: "✓" | "!" | "✗"
    /** Without the symbol: `out of memory after 42.1 s: a leak`. */
    text: string
}

/** The parts of a report a verdict needs; a comparison's summaries have them, too. */
export type VerdictSource = Pick<SimReport, "outcome" | "simulated" | "heap" | "trend" | "leaks">

/** What happened in a run, in words, worst first. */
export function verdictLine(run: VerdictSource): VerdictLine {
    const { outcome } = run
    const ran = formatDuration(ranMs(run))
    switch (outcome.kind) {
        case "panicked":
            return line("bad", `${death(outcome)} after ${ran}${reason(outcome.verdict)}`)
        case "failed-text":
            return line("bad", `printed the text that means failure, after ${ran}`)
        case "timed-out":
            return line("bad", `stopped by the timeout after ${ran} of simulated time`)
        case "expected-text":
            return survived(run, `printed the expected text after ${ran}`)
        case "finished":
            return survived(run, `finished after ${ran}`)
        case "running":
            return survived(run, `ran ${ran}`)
    }
}

function line(severity: VerdictLine["severity"], text: string): VerdictLine {
    const symbols = { good: "✓", warning: "!", bad: "✗" } as const
    return { severity, symbol: symbols[severity], text }
}

function survived({ heap, trend, leaks }: VerdictSource, what: string): VerdictLine {
    const [worst] = leaks ?? []
    if (worst)
        return line("bad", `${what}, with a leak: ${sanitize(worst.path)} never stops growing`)
    const live = formatBytes(heap.liveBytes)
    const capacity = formatBytes(heap.capacityBytes)
    if (trend.verdict === "flat") {
        return line("good", `${what}, live heap flat at ${live} of ${capacity}`)
    }
    if (trend.verdict === "growing" && trend.liveBytesPerHour > 0) {
        const hoursLeft = (heap.capacityBytes - heap.liveBytes) / trend.liveBytesPerHour
        const rate = formatBytes(trend.liveBytesPerHour)
        return line(
            "warning",
            `${what}, but the live heap grows by ${rate} an hour: full in ` +
                formatDuration(hoursLeft * 3_600_000),
        )
    }
    return line("good", `${what}, live heap ${live} of ${capacity}`)
}

function death(outcome: Outcome): string {
    switch (outcome.panicName) {
        case "out-of-memory":
            return "out of memory"
        case "stack-overflow":
            return "stack overflow"
        case "unhandled-exception":
            return "unhandled exception"
        case "endless-loop":
            return "endless loop"
        case "bad-program":
            return "the VM refused the program"
        case "program-panic":
            return `the program panicked${code(outcome)}`
        case "firmware-fault":
            return "the firmware failed"
        default:
            return `panic${code(outcome)}`
    }
}

function code(outcome: Outcome): string {
    return outcome.panicCode === undefined ? "" : ` (${outcome.panicCode})`
}

/** Only ways to run out of memory have a reason; the other verdicts repeat the panic's name. */
function reason(verdict: Verdict | undefined): string {
    switch (verdict) {
        case "leak":
            return ": a leak"
        case "growth":
            return ": its data outgrew the heap"
        case "fragmentation":
            return ": no hole large enough, the heap is fragmented"
        case "big-request":
            return ": one request too big"
        default:
            return ""
    }
}

/** How people call a program: its path, safe to print. */
export function programName(run: Pick<SimReport, "program">): string {
    return sanitize(run.program.entry)
}
