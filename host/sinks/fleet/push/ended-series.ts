import type { BoardReading, FleetBoard } from "../../../analysis/fleet/fleet-board"
import type { Metric, MetricValue } from "../../../analysis/fleet/metric"

/** A value of a metric that a board had, and has no more. */
export interface EndedSeries {
    metric: Metric
    value: MetricValue
}

/** Knows which series a board had last: an engine that is sent figures goes on showing those that end. */
export class EndedSeriesFinder {
    private readonly last = new WeakMap<FleetBoard, Map<string, EndedSeries>>()

    /** @returns the series of the board's reading before that this one has not */
    next({ board, metrics }: BoardReading): EndedSeries[] {
        const before = this.last.get(board)
        const now = new Map<string, EndedSeries>()
        for (const metric of metrics)
            for (const value of metric.values) now.set(seriesKey(metric, value), { metric, value })
        this.last.set(board, now)
        return [...(before ?? [])].flatMap(([key, series]) => (now.has(key) ? [] : [series]))
    }
}

/** By which a series is the same one in all readings of a board. */
export function seriesKey(metric: Metric, { labels }: MetricValue): string {
    return [metric.name, ...Object.values(labels)].join("\n")
}
