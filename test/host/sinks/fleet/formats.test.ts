import { createRequire } from "node:module"
import { uncompress } from "snappyjs"
import { describe, expect, it } from "vitest"
import { FleetBoard } from "../../../../host/analysis/fleet/fleet-board"
import { seriesKey } from "../../../../host/sinks/fleet/push/ended-series"
import { influxFormat } from "../../../../host/sinks/fleet/push/influx-lines"
import { otlpFormat } from "../../../../host/sinks/fleet/push/otlp"
import { remoteWriteFormat } from "../../../../host/sinks/fleet/push/remote-write"
import { about, readingsOf, sample } from "./readings"

const require = createRequire(import.meta.url)

interface Attribute {
    key: string
    value: { stringValue: string }
}
interface Point {
    startTimeUnixNano?: string
    timeUnixNano: string
    asDouble: number
    attributes?: Attribute[]
    flags?: number
}
interface Request {
    resourceMetrics: {
        resource: { attributes: Attribute[] }
        scopeMetrics: {
            scope: { name: string }
            metrics: {
                name: string
                unit: string
                gauge?: { dataPoints: Point[] }
                sum?: { dataPoints: Point[]; isMonotonic: boolean; aggregationTemporality: string }
            }[]
        }[]
    }[]
}

/** Made by OpenTelemetry's own build from its protocol definitions, and nothing of ours. */
function decodeOtlp(bytes: Uint8Array): Request {
    const root = require("@opentelemetry/otlp-transformer/build/src/generated/root") as {
        opentelemetry: {
            proto: {
                collector: {
                    metrics: {
                        v1: {
                            ExportMetricsServiceRequest: {
                                decode(bytes: Uint8Array): unknown
                                toObject(message: unknown, options: object): Request
                            }
                        }
                    }
                }
            }
        }
    }
    const type = root.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest
    return type.toObject(type.decode(bytes), { longs: String, enums: String })
}

const textsOf = (attributes: Attribute[] = []) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]))

describe("OTLP", () => {
    it("is decoded by the official definitions: the board a resource, its figures to the last", () => {
        const readings = readingsOf("kitchen", 2)
        const { resourceMetrics } = decodeOtlp(otlpFormat().encode(readings))
        expect(resourceMetrics).toHaveLength(2)
        resourceMetrics.forEach(({ resource, scopeMetrics: [scope] }, i) => {
            expect(textsOf(resource.attributes)).toEqual({
                ...{ "service.name": "devicescript", "service.instance.id": "kitchen" },
                ...{ "service.version": "ab".repeat(32), "device.id": "kitchen" },
                ...{ "device.model.identifier": "pico", "process.runtime.version": "2.16.4" },
            })
            expect(scope!.scope.name).toBe("heapscope")
            const told = readings[i]!.metrics.filter(
                ({ unit, values }) => unit !== "info" && values.length > 0,
            )
            expect(scope!.metrics.map(({ name }) => name)).toEqual(told.map(({ name }) => name))
            scope!.metrics.forEach(({ name, unit, gauge, sum }, at) => {
                const metric = told[at]!
                expect(unit, name).toBe(
                    { bytes: "By", seconds: "s" }[metric.unit as "bytes"] ?? "1",
                )
                const points = (gauge ?? sum)!.dataPoints
                expect(points.map(({ attributes }) => textsOf(attributes))).toEqual(
                    metric.values.map(({ labels }) => labels),
                )
                expect(points.map(({ asDouble }) => asDouble)).toEqual(
                    metric.values.map(({ value }) => value),
                )
                for (const { timeUnixNano, startTimeUnixNano } of points) {
                    expect(timeUnixNano).toBe(`${1_700_000_000_000 + i * 1000}000000`)
                    expect(startTimeUnixNano).toBe(sum && "1700000000000000000")
                }
                // As OpenTelemetry has it: what is counted, and what adds up to the limit.
                const isUsage = /^devicescript\.memory\.(usage|limit)$/.test(name)
                if (metric.kind === "gauge" && !isUsage) expect(gauge).toBeDefined()
                else
                    expect(sum).toMatchObject({
                        ...(!isUsage && { isMonotonic: true }),
                        aggregationTemporality: "AGGREGATION_TEMPORALITY_CUMULATIVE",
                    })
                if (isUsage) expect(sum!.isMonotonic).toBeUndefined()
            })
        })
    })
})

describe("remote write", () => {
    it("is a snappy block, whose labels are sorted, each series' the same bytes each time", () => {
        const format = remoteWriteFormat()
        const [first, second] = readingsOf("kitchen", 2).map(reading =>
            Buffer.from(uncompress(format.encode([reading]))).toString("latin1"),
        )
        expect(first!.length).toBe(second!.length)
        expect(first).toMatch(
            /__name__.{2}devicescript_memory_usage_bytes.*device_id.*kitchen.*state.*live/s,
        )
    })
})

describe("a board that has gone", () => {
    function untilGone() {
        const [first, second] = readingsOf("kitchen", 2)
        const { board } = second!
        const lost = { kind: "link", atMs: 0, phase: "closed", message: "" } as const
        const gone = board.add([lost], { receivedMs: 1_700_000_009_000 })!
        const keys = ({ metrics }: typeof gone) =>
            metrics.flatMap(metric => metric.values.map(value => seriesKey(metric, value)))
        const ended = keys(second!).filter(key => !keys(gone).includes(key))
        return { readings: [first!, second!, gone, { ...gone, atMs: gone.atMs + 1 }], ended }
    }

    it("has no figure of now left", () => {
        const { ended } = untilGone()
        expect(ended.map(key => key.split("\n")[0])).toEqual([
            "devicescript.board.uptime",
            ...Array.from({ length: 3 }, () => "devicescript.memory.usage"),
            ...["devicescript.memory.limit", "devicescript.memory.largest_free"],
            ...["devicescript.structure.length", "devicescript.structure.capacity"],
        ])
    })

    it("has a stale marker for each series that it had, once, by remote write", () => {
        const { readings, ended } = untilGone()
        const format = remoteWriteFormat()
        const marker = Buffer.from("020000000000f07f", "hex")
        const markers = readings.map(reading => {
            const bytes = Buffer.from(uncompress(format.encode([reading])))
            let found = 0
            for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + 1))
                found++
            return found
        })
        expect(markers).toEqual([0, 0, ended.length, 0])
    })

    it("has points without a value for them, once, by OTLP", () => {
        const { readings, ended } = untilGone()
        const { resourceMetrics } = decodeOtlp(otlpFormat().encode(readings))
        const flagged = resourceMetrics.map(({ scopeMetrics: [scope] }) =>
            scope!.metrics.flatMap(({ name, gauge, sum }) =>
                (gauge ?? sum)!.dataPoints
                    .filter(({ flags }) => flags === 1)
                    .map(({ asDouble }) => [name, asDouble]),
            ),
        )
        expect(flagged.map(({ length }) => length)).toEqual([0, 0, ended.length, 0])
        expect(new Set(flagged[2]!.map(([, value]) => value))).toEqual(new Set([undefined]))
    })
})

describe("Influx's lines", () => {
    it("have a measurement, escaped tags, and the fields of each set of tags together", () => {
        const board = new FleetBoard({ name: "a b,c=d\\", about })
        const reading = board.add([sample(0)], { receivedMs: 5000 })!
        const lines = new TextDecoder()
            .decode(influxFormat.encode([reading]))
            .trimEnd()
            .split("\n")
        const tag = "device_id=a\\ b\\,c\\=d"
        expect(lines).toContain(
            `devicescript,${tag},state=live memory_usage_bytes=2000,memory_high_water_bytes=2000 5000`,
        )
        for (const line of lines)
            expect(line).toMatch(/^devicescript,(?:[^ ,=\\]|\\.|[,=])+ (?:\w+=[\d.]+,?)+ 5000$/)
        expect(influxFormat.url?.(new URL("http://a/write?db=x")).href).toBe(
            "http://a/write?db=x&precision=ms",
        )
    })
})
