import type { WorldTime } from "../world-time"
import type { PlayedService, RecordedReport } from "./recorded-services"

/**
 * Has a recorded service told again, each report at its time; of what it told before now, the last of each
 * register at once.
 * @param tell one report
 */
export function playReports(
    time: WorldTime,
    played: PlayedService,
    tell: (report: RecordedReport) => void,
): void {
    const { reports } = played.service
    const nowMs = time.nowUs / 1000
    const future = reports.findIndex(({ atMs }) => atMs >= nowMs)
    const past = future < 0 ? reports : reports.slice(0, future)
    const latest = new Map(past.map(report => [report.register, report]))
    latest.delete(undefined)
    for (const report of latest.values()) tell(report)
    played.played += past.length
    const next = () => {
        const report = reports[played.played]
        if (!report) return
        time.after(Math.max(0, report.atMs - time.nowUs / 1000), () => {
            played.played++
            tell(report)
            next()
        })
    }
    next()
}
