import { formatBytesExact, formatDuration } from "../base/format-units"
import { sanitize } from "../base/sanitize"
import type { LastReportEvent } from "./events"

/** What a board kept of its run before, for people. */
export function describeLastReport({ uptimeMs, filledBytes, exception }: LastReportEvent): string {
    return [
        ...(uptimeMs === undefined
            ? []
            : [`its last report that was kept came after ${formatDuration(uptimeMs)}`]),
        ...(filledBytes === undefined
            ? []
            : [`the heap was filled up to ${formatBytesExact(filledBytes)}`]),
        ...(exception === undefined ? [] : [`it died of ${sanitize(exception)}`]),
    ].join(", ")
}
