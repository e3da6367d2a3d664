import { histogramTexts } from "../../../analysis/profile/histogram-text"
import type { ProfileReport } from "../../../documents/profile-report"
import { gauge } from "../charts/gauge"
import type { Style } from "../text/style"
import { renderTable } from "../text/table"
import stringWidth from "string-width"

const MOST_BAR = 24
/** A bar that is shorter tells nothing. */
const LEAST_BAR = 4
const GAP = 2

/** How large the blocks of a run are, how many collections they lived through, and how old what is live is. */
export function renderHistograms(
    { histograms, live, outcome }: Pick<ProfileReport, "histograms" | "live" | "outcome">,
    style: Style,
): string {
    const atEnd = outcome.kind === "panicked" ? "when it died" : "at the end"
    const moment = live === "at-peak" ? "when most was" : atEnd
    return histogramTexts(histograms, moment)
        .map(({ title, columns, rows }) => {
            const most = Math.max(...rows.map(({ weight }) => weight))
            const cells = rows.map(({ name, cells }) => [name, ...cells])
            const width = [title, ...columns].reduce((sum, head, i) => {
                const widths = cells.map(row => stringWidth(row[i]!))
                return sum + GAP + Math.max(stringWidth(head), ...widths)
            }, 0)
            const bar = Math.min(MOST_BAR, style.width - width)
            const bars =
                bar < LEAST_BAR ? undefined : rows.map(({ weight }) => gauge(weight, most, bar))
            return renderTable(
                [
                    { title, align: "left" },
                    ...columns.map(head => ({ title: head, align: "right" as const })),
                    ...(bars ? [{ title: "", align: "left" as const }] : []),
                ],
                cells.map((row, i) => [...row, ...(bars ? [bars[i]!] : [])]),
                style,
            )
        })
        .join("\n\n")
}
