import type { CompareReport, CompareRow, RunSummary } from "../../../documents/compare-report"
import { METRICS } from "../../../analysis/compare"
import { fit } from "./text-layout"
import { formatDuration, formatRatio } from "../../../base/format-units"
import { programName, verdictLine } from "../../../analysis/outcome/verdict"
import { ranMs } from "../../../documents/sim-report"

/** What a comparison comes to: a line in words, and whether b is good news against a. */
export interface Conclusion {
    severity: "good" | "neutral" | "bad"
    text: string
}

/** Whether b is better or worse than a in a figure; undefined when equal or when nobody can say. */
export function judge({ metric, a, b }: CompareRow): "better" | "worse" | undefined {
    const { better } = METRICS[metric]
    if (better === null) return undefined
    // Who never died lived longer than anybody.
    const missing = metric === "time to death" ? Infinity : undefined
    const [from, to] = [a ?? missing, b ?? missing]
    if (from === undefined || to === undefined || from === to) return undefined
    return to < from === (better === "lower") ? "better" : "worse"
}

/** The shortest names that tell the runs apart: files, else boards, else a and b. */
export function runLabels({ a, b }: CompareReport): [string, string] {
    const candidates = [
        (run: RunSummary) => programName(run).split("/").at(-1) ?? "",
        (run: RunSummary) => programName(run),
        (run: RunSummary) => run.board.id,
    ]
    for (const name of candidates) {
        const [nameA, nameB] = [fit(name(a), 32), fit(name(b), 32)]
        if (nameA !== nameB) return [nameA, nameB]
    }
    return ["a", "b"]
}

/** The comparison in one line: who lives, who dies, and what the live heap and the churn became. */
export function compareConclusion(compare: CompareReport): Conclusion {
    const { a, b } = compare
    const [labelA, labelB] = runLabels(compare)
    const [ranA, ranB] = [formatDuration(ranMs(a)), formatDuration(ranMs(b))]
    const [deadA, deadB] = [a, b].map(run => run.outcome.kind === "panicked")
    const figures = figuresInWords(compare)
    if (deadA && deadB) {
        if (ranMs(a) === ranMs(b)) {
            return { severity: "neutral", text: `both died after ${ranA}; ${labelB} ${figures}` }
        }
        const times = formatRatio(ranMs(b) / ranMs(a))
        return {
            severity: ranMs(b) > ranMs(a) ? "good" : "bad",
            text:
                `${labelB} lasted ${times} as long as ${labelA}, ${ranB} against ${ranA}, ` +
                `but both died; it ${figures}`,
        }
    }
    if (deadA) {
        const text = `${labelB} ran ${ranB} where ${labelA} died after ${ranA}; it ${figures}`
        return { severity: verdictLine(b).severity === "bad" ? "neutral" : "good", text }
    }
    if (deadB) {
        return {
            severity: "bad",
            text: `${labelB} died after ${ranB} where ${labelA} ran ${ranA}; it ${figures}`,
        }
    }
    const live = compare.rows.find(row => row.metric === "most live")
    const severity = { better: "good", worse: "bad", same: "neutral" } as const
    return {
        severity: severity[(live && judge(live)) ?? "same"],
        text: `${labelB} ${figures} of ${labelA}`,
    }
}

function figuresInWords({ rows }: CompareReport): string {
    const ratio = (metric: CompareRow["metric"]): string => {
        const row = rows.find(row => row.metric === metric)
        if (row === undefined || row.a === row.b) return "1x"
        return row.ratio === null ? "more than 0x" : formatRatio(row.ratio)
    }
    return `has ${ratio("most live")} the high-water live bytes and ${ratio("churn")} the churn`
}
