import type { BoardReading, FleetBoard } from "../../../analysis/fleet/fleet-board"
import type { Metric, MetricValue, Unit } from "../../../analysis/fleet/metric"
import { VERSION } from "../../../base/version"
import { ProtoMessage } from "../../files/protobuf"
import { EndedSeriesFinder } from "./ended-series"
import type { PushFormat } from "./push-format"

/** As UCUM has them, which OTLP's units are of. */
const UNITS: Record<Exclude<Unit, "info">, string> = { bytes: "By", seconds: "s", count: "1" }
/** `AGGREGATION_TEMPORALITY_CUMULATIVE`. */
const CUMULATIVE = 2
/** `DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK`. */
const NO_RECORDED_VALUE = 1

/**
 * OpenTelemetry's OTLP over HTTP, as Protocol Buffers: `ExportMetricsServiceRequest` of
 * opentelemetry/proto/collector/metrics/v1, 1.0. A board is a resource; its program's hash is the version of
 * the service.
 */
export function otlpFormat(): PushFormat {
    /** Since when a board's counts are counted, in milliseconds since 1970. */
    const since = new WeakMap<FleetBoard, number>()
    const ended = new EndedSeriesFinder()

    function resourceMetrics(reading: BoardReading): ProtoMessage {
        const { board, atMs, metrics } = reading
        const sinceMs = since.get(board) ?? atMs
        since.set(board, sinceMs)
        const scope = new ProtoMessage().text(1, "heapscope").text(2, VERSION)
        const scopeMetrics = new ProtoMessage().message(1, scope)
        for (const metric of metrics)
            if (metric.unit !== "info" && metric.values.length > 0)
                scopeMetrics.message(2, metricMessage(metric, metric.unit, sinceMs, atMs))
        for (const { metric, value } of ended.next(reading))
            if (metric.unit !== "info")
                scopeMetrics.message(2, endedMessage(metric, metric.unit, value, atMs))
        return new ProtoMessage().message(1, resource(board)).message(2, scopeMetrics)
    }

    return {
        headers: {
            "content-type": "application/x-protobuf",
            "user-agent": `heapscope/${VERSION}`,
        },
        encode(readings) {
            const request = new ProtoMessage()
            for (const reading of readings) request.message(1, resourceMetrics(reading))
            return request.toBytes()
        },
    }
}

function resource({ name, about, sha256 }: FleetBoard): ProtoMessage {
    const attributes = {
        "service.name": "devicescript",
        "service.instance.id": name,
        ...(sha256 !== undefined && { "service.version": sha256 }),
        "device.id": name,
        "device.model.identifier": about.board.id,
        ...(about.vm.version !== null && { "process.runtime.version": about.vm.version }),
    }
    const message = new ProtoMessage()
    for (const [key, value] of Object.entries(attributes)) message.message(1, attribute(key, value))
    return message
}

/** `Metric { name = 1; description = 2; unit = 3; oneof { Gauge gauge = 5; Sum sum = 7 } }`. */
function metricMessage(
    { name, help, kind, adds, values }: Metric,
    unit: keyof typeof UNITS,
    sinceMs: number,
    atMs: number,
): ProtoMessage {
    const message = new ProtoMessage().text(1, name).text(2, help).text(3, UNITS[unit])
    const data = new ProtoMessage()
    const isSum = kind === "counter" || adds
    for (const value of values) data.message(1, point(value, atMs, isSum ? sinceMs : 0))
    if (!isSum) return message.message(5, data)
    return message.message(7, data.integer(2, CUMULATIVE).integer(3, Number(kind === "counter")))
}

/** A series that has no value any more: a point with `flags = 8` that says so. */
function endedMessage(
    { name, help, kind, adds }: Metric,
    unit: keyof typeof UNITS,
    { labels }: MetricValue,
    atMs: number,
): ProtoMessage {
    const point = new ProtoMessage().fixed64(3, nanoseconds(atMs)).integer(8, NO_RECORDED_VALUE)
    for (const [key, text] of Object.entries(labels)) point.message(7, attribute(key, text))
    const message = new ProtoMessage().text(1, name).text(2, help).text(3, UNITS[unit])
    const data = new ProtoMessage().message(1, point)
    const isCounter = kind === "counter"
    if (!isCounter && !adds) return message.message(5, data)
    return message.message(7, data.integer(2, CUMULATIVE).integer(3, Number(isCounter)))
}

/** `NumberDataPoint { start = 2; time = 3; as_double = 4; attributes = 7 }`, times in nanoseconds. */
function point({ labels, value }: MetricValue, atMs: number, sinceMs: number): ProtoMessage {
    const message = new ProtoMessage()
    if (sinceMs > 0) message.fixed64(2, nanoseconds(sinceMs))
    message.fixed64(3, nanoseconds(atMs)).double(4, value)
    for (const [key, text] of Object.entries(labels)) message.message(7, attribute(key, text))
    return message
}

/** `KeyValue { key = 1; AnyValue value = 2 }`, a text. */
function attribute(key: string, value: string): ProtoMessage {
    return new ProtoMessage().text(1, key).message(2, new ProtoMessage().text(1, value))
}

function nanoseconds(ms: number): bigint {
    return BigInt(ms) * 1_000_000n
}
