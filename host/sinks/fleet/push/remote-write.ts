import { compress } from "snappyjs"
import type { BoardReading, FleetBoard } from "../../../analysis/fleet/fleet-board"
import type { Metric, MetricValue } from "../../../analysis/fleet/metric"
import { VERSION } from "../../../base/version"
import { ProtoMessage } from "../../files/protobuf"
import { prometheusName } from "../../metrics/prometheus-text"
import { DEVICE_LABEL } from "../fleet-metrics"
import { EndedSeriesFinder, seriesKey } from "./ended-series"
import type { PushFormat } from "./push-format"

/** The value that Prometheus ends a series with: one of the many that are no number. */
const STALE = 0x7ff0000000000002n
/** Series of a board that are remembered: more than it can have. */
const MAX_SERIES = 512

/**
 * Prometheus' remote write, version 0.1.0: a snappy block of `WriteRequest { TimeSeries timeseries = 1 }`,
 * `TimeSeries { Label labels = 1; Sample samples = 2 }`, `Sample { double value = 1; int64 timestamp = 2 }`.
 * A series that a board has no more ends with a stale marker: the engine would show its last value for minutes.
 */
export function remoteWriteFormat(): PushFormat {
    /** The labels of each board's series, written once. */
    const boards = new WeakMap<FleetBoard, Map<string, Uint8Array>>()

    function labelsOf(board: FleetBoard, metric: Metric, value: MetricValue): Uint8Array {
        let known = boards.get(board)
        if (!known || known.size > MAX_SERIES) boards.set(board, (known = new Map()))
        const key = seriesKey(metric, value)
        let written = known.get(key)
        if (!written) known.set(key, (written = writeLabels(board.name, metric, value.labels)))
        return written
    }

    const ended = new EndedSeriesFinder()

    function write(into: ProtoMessage, reading: BoardReading): void {
        const { board, atMs, metrics } = reading
        const add = (metric: Metric, value: MetricValue, sample: ProtoMessage) =>
            into.message(
                1,
                new ProtoMessage()
                    .fields(labelsOf(board, metric, value))
                    .message(2, sample.integer(2, atMs)),
            )
        for (const metric of metrics)
            for (const value of metric.values)
                add(metric, value, new ProtoMessage().double(1, value.value))
        for (const { metric, value } of ended.next(reading))
            add(metric, value, new ProtoMessage().fixed64(1, STALE))
    }

    return {
        headers: {
            "content-type": "application/x-protobuf",
            "content-encoding": "snappy",
            "x-prometheus-remote-write-version": "0.1.0",
            "user-agent": `heapscope/${VERSION}`,
        },
        encode(readings) {
            const request = new ProtoMessage()
            for (const reading of readings) write(request, reading)
            return compress(request.toBytes())
        },
    }
}

/** Sorted by their names, as the protocol wants them. */
function writeLabels(device: string, metric: Metric, labels: MetricValue["labels"]): Uint8Array {
    const all = { __name__: prometheusName(metric), [DEVICE_LABEL]: device, ...labels }
    const message = new ProtoMessage()
    for (const [name, value] of Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)))
        if (value !== "") message.message(1, new ProtoMessage().text(1, name).text(2, value))
    return message.toBytes()
}
