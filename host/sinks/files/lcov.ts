import { sanitize } from "../../base/sanitize"
import { metricOf, type Metric } from "../../documents/cost"
import type { LineCost, ProfileReport } from "../../documents/profile-report"

/**
 * A profile in the format of line coverage that editors' gutters, `genhtml` and CI services read (`lcov`'s
 * tracefile, geninfo(1)): a line's count is what it allocated, with all that libraries did for it. Lines
 * that allocated nothing are left out: they are none that was missed.
 * @param by what is counted: bytes, live bytes, or allocations
 */
export function toLcov({ lines }: Pick<ProfileReport, "lines">, by: Metric): string {
    const files = new Map<string, LineCost[]>()
    for (const line of lines) {
        if (line.library || line.file === undefined || line.line === undefined) continue
        if (metricOf(line.own, by) === 0) continue
        const known = files.get(line.file)
        if (known) known.push(line)
        else files.set(line.file, [line])
    }
    const records = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
    return records.map(([file, counted]) => record(file, counted, by)).join("")
}

function record(file: string, counted: readonly LineCost[], by: Metric): string {
    const rows = counted
        .toSorted((a, b) => a.line! - b.line!)
        .map(({ line, own }) => `DA:${line},${metricOf(own, by)}`)
    return [
        ...["TN:", `SF:${sanitize(file)}`, ...rows],
        ...[`LF:${rows.length}`, `LH:${rows.length}`, "end_of_record", ""],
    ].join("\n")
}
