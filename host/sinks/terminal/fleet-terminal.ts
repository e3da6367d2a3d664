import { formatCount, formatDuration } from "../../base/format-units"
import type { FleetReport } from "../../documents/fleet/fleet-report"
import type { Style } from "./text/style"
import { renderTable, type TableColumn } from "./text/table"

const COLUMNS: TableColumn[] = [
    { title: "output", align: "left" },
    { title: "sent", align: "right" },
    { title: "waiting", align: "right" },
    { title: "given up", align: "right" },
    { title: "", align: "left" },
]

/** What became of a fleet, for people. */
export function renderFleet({ watchedMs, boards, reports, outputs }: FleetReport, style: Style) {
    const { received, missed, doubled } = reports
    const counted = [
        `${formatCount(received)} reports of ${formatCount(boards.known)} boards in ${formatDuration(watchedMs)}`,
        `${formatCount(missed)} never came, ${formatCount(doubled)} came twice`,
        ...(boards.refused > 0 ? [`${formatCount(boards.refused)} boards were not taken`] : []),
    ].join("; ")
    if (outputs.length === 0) return counted
    const rows = outputs.map(({ name, sent, waiting, dropped, failure = "" }) => [
        name,
        ...[sent, waiting, dropped].map(formatCount),
        failure,
    ])
    return `${counted}\n\n${renderTable(COLUMNS, rows, style)}`
}
