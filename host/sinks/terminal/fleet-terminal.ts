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

const DEATHS: TableColumn[] = [
    { title: "died of", align: "left" },
    { title: "at", align: "left" },
    { title: "times", align: "right" },
    { title: "boards", align: "left" },
]
/** Kinds of deaths that are shown, and boards named of each. */
const MAX_DEATHS = 12
const MAX_BOARDS = 4

/** What became of a fleet, for people. */
export function renderFleet(
    { watchedMs, boards, reports, deaths, outputs }: FleetReport,
    style: Style,
) {
    const { received, missed, doubled } = reports
    const counted = [
        `${formatCount(received)} reports of ${formatCount(boards.known)} boards in ${formatDuration(watchedMs)}`,
        `${formatCount(missed)} never came, ${formatCount(doubled)} came twice`,
        ...(boards.refused > 0 ? [`${formatCount(boards.refused)} boards were not taken`] : []),
    ].join("; ")
    return [
        counted,
        ...(deaths.length > 0 ? [renderTable(DEATHS, deathRows(deaths), style)] : []),
        ...(outputs.length > 0 ? [renderTable(COLUMNS, outputRows(outputs), style)] : []),
    ].join("\n\n")
}

function outputRows(outputs: FleetReport["outputs"]): string[][] {
    return outputs.map(({ name, sent, waiting, dropped, failure = "" }) => [
        name,
        ...[sent, waiting, dropped].map(formatCount),
        failure,
    ])
}

function deathRows(groups: FleetReport["deaths"]): string[][] {
    return groups.slice(0, MAX_DEATHS).map(({ cause, place = "", deaths, boards }) => {
        const more = boards.length - MAX_BOARDS
        const names = boards.slice(0, MAX_BOARDS).join(", ")
        return [cause, place, formatCount(deaths), more > 0 ? `${names} and ${more} more` : names]
    })
}
