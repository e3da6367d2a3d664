import { compress } from "snappyjs"
import type { BoardReading, FleetBoard } from "../../../analysis/fleet/fleet-board"
import type { Metric, MetricValue } from "../../../analysis/fleet/metric"
import { VERSION } from "../../../base/version"
import { ProtoMessage } from "../../files/protobuf"
import { prometheusName } from "../../metrics/prometheus-text"
import { DEVICE_LABEL } from "../fleet-metrics"
import type { PushFormat } from "./push-format"

/** Series of a board that are remembered: more than it can have. */
const MAX_SERIES = 512

/**
 * Prometheus' remote write, version 0.1.0: a snappy block of `WriteRequest { TimeSeries timeseries = 1 }`,
 * `TimeSeries { Label labels = 1; Sample samples = 2 }`, `Sample { double value = 1; int64 timestamp = 2 }`.
 */
export function remoteWriteFormat(): PushFormat {
    /** The labels of each board's series, written once. */
    const boards = new WeakMap<FleetBoard, Map<string, Uint8Array>>()

    function labelsOf(board: FleetBoard, metric: Metric, { labels }: MetricValue): Uint8Array {
        let known = boards.get(board)
        if (!known || known.size > MAX_SERIES) boards.set(board, (known = new Map()))
        const key = [metric.name, ...Object.values(labels)].join("\n")
        let written = known.get(key)
        if (!written) known.set(key, (written = writeLabels(board.name, metric, labels)))
        return written
    }

    function write(into: ProtoMessage, { board, atMs, metrics }: BoardReading): void {
        for (const metric of metrics)
            for (const value of metric.values)
                into.message(
                    1,
                    new ProtoMessage()
                        .fields(labelsOf(board, metric, value))
                        .message(2, new ProtoMessage().double(1, value.value).integer(2, atMs)),
                )
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
