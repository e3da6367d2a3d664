import type { FleetBoard } from "../../analysis/fleet/fleet-board"
import type { Metric, MetricValue } from "../../analysis/fleet/metric"
import type { OutputStatus } from "../../documents/fleet/fleet-report"

/** What tells the boards of a fleet apart, in all their series. */
export const DEVICE_LABEL = "device_id"

/** The metrics of all boards, each of them once, with the board's name among the labels of its values. */
export function fleetMetrics(boards: Iterable<FleetBoard>): Metric[] {
    const all = new Map<string, Metric>()
    for (const board of boards)
        for (const metric of board.metrics()) {
            let known = all.get(metric.name)
            if (!known) all.set(metric.name, (known = { ...metric, values: [] }))
            for (const { labels, value } of metric.values)
                known.values.push({ labels: { [DEVICE_LABEL]: board.name, ...labels }, value })
        }
    return [...all.values()]
}

/** How the fleet itself is. */
export function ownMetrics(
    boards: Iterable<FleetBoard>,
    outputs: readonly OutputStatus[],
): Metric[] {
    const all = [...boards]
    const gone = all.filter(({ isHere }) => isHere === false).length
    const of = (value: (output: OutputStatus) => number): MetricValue[] =>
        outputs.map(output => ({ labels: { output: output.name }, value: value(output) }))
    return [
        {
            name: "heapscope.fleet.boards",
            help: "Boards that report, and boards that have left.",
            unit: "count",
            kind: "gauge",
            values: [
                { labels: { state: "here" }, value: all.length - gone },
                { labels: { state: "gone" }, value: gone },
            ],
        },
        {
            name: "heapscope.fleet.sent",
            help: "Readings that an output's engine has taken.",
            unit: "count",
            kind: "counter",
            values: of(({ sent }) => sent),
        },
        {
            name: "heapscope.fleet.waiting",
            help: "Readings that are kept until an output's engine takes them.",
            unit: "count",
            kind: "gauge",
            values: of(({ waiting }) => waiting),
        },
        {
            name: "heapscope.fleet.dropped",
            help: "Readings that were given up: refused, or too many to keep.",
            unit: "count",
            kind: "counter",
            values: of(({ dropped }) => dropped),
        },
    ]
}
