import { formatDuration } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type {
    CompareRecordingsReport,
    RecordingSummary,
    Told,
} from "../../../documents/compare-recordings-report"
import type { Conclusion } from "./comparison-text"
import { fit } from "./text-layout"

/** What two recordings come to in a line: who dies, then what is better, worse and not told. */
export function recordingsConclusion(report: CompareRecordingsReport): Conclusion {
    const { a, b, rows, structures } = report
    const [nameA, nameB] = namesOf(a, b)
    const death = rows.find(({ metric }) => metric === "time to death")!.told
    const told = [
        ...rows.filter(({ metric }) => metric !== "time to death").map(row => row.told),
        ...structures
            .filter(({ a, b }) => a && b)
            .flatMap(({ highWaterMark, refused, worth }) => [
                ...[highWaterMark, refused],
                ...(worth ? [worth] : []),
            ]),
    ]
    const figures = `of ${told.length} figures ${inWords(told)}`
    const [diedA, diedB] = [a, b].map(({ firstDeathMs }) => formatDuration(firstDeathMs ?? 0))
    const isSurvivor = a.firstDeathMs === null || b.firstDeathMs === null
    if (death === "better" || death === "worse") {
        const [longer, shorter] = death === "better" ? [nameB, nameA] : [nameA, nameB]
        const [late, early] = death === "better" ? [diedB, diedA] : [diedA, diedB]
        const text = isSurvivor
            ? `${longer} lives where ${shorter} died after ${early}`
            : `${longer} died after ${late}, ${shorter} after ${early}`
        return { severity: death === "better" ? "good" : "bad", text: `${text}; ${figures}` }
    }
    const who = a.firstDeathMs === null ? nameB : nameA
    const first =
        a.firstDeathMs !== null && b.firstDeathMs !== null
            ? `both died after ${diedA}; `
            : death === "not-told" && (a.firstDeathMs !== null || b.firstDeathMs !== null)
              ? `${who} died after ${who === nameA ? diedA : diedB}, the other was not recorded for as long; `
              : ""
    return { severity: severityOf(told), text: `${nameB} against ${nameA}: ${first}${figures}` }
}

function severityOf(told: readonly Told[]): Conclusion["severity"] {
    const [isBetter, isWorse] = [told.includes("better"), told.includes("worse")]
    if (isBetter === isWorse) return "neutral"
    return isBetter ? "good" : "bad"
}

function inWords(told: readonly Told[]): string {
    const count = (...kinds: Told[]) => told.filter(one => kinds.includes(one)).length
    const parts = [
        `${count("better")} better`,
        `${count("worse")} worse`,
        ...(count("other") > 0 ? [`${count("other")} different`] : []),
        ...(count("same") > 0 ? [`${count("same")} the same`] : []),
        `${count("not-told")} not told`,
    ]
    return parts.join(", ")
}

/** Files, else the programs in one. */
function namesOf(a: RecordingSummary, b: RecordingSummary): [string, string] {
    const file = ({ file }: RecordingSummary) => fit(sanitize(file.split("/").at(-1) ?? ""), 32)
    const hash = ({ program }: RecordingSummary) => `program ${(program.sha256 ?? "").slice(0, 8)}`
    for (const name of [file, hash]) if (name(a) !== name(b)) return [name(a), name(b)]
    return ["a", "b"]
}
