import type { BoardReading } from "../../../analysis/fleet/fleet-board"
import { prometheusName } from "../../metrics/prometheus-text"
import { DEVICE_LABEL } from "../fleet-metrics"
import type { PushFormat } from "./push-format"

const MEASUREMENT = "devicescript"

/**
 * InfluxDB's line protocol: one measurement, a line for each set of tags, fields named as Prometheus' metrics
 * are without the measurement. So VictoriaMetrics, which puts both together, has the same series either way.
 */
export const influxFormat: PushFormat = {
    headers: { "content-type": "text/plain; charset=utf-8" },
    url(url) {
        // Of nothing said, some take nanoseconds and some guess.
        url.searchParams.set("precision", "ms")
        return url
    },
    encode: readings => new TextEncoder().encode(readings.flatMap(linesOf).join("\n") + "\n"),
}

function linesOf({ board, atMs, metrics }: BoardReading): string[] {
    const fields = new Map<string, string[]>()
    for (const metric of metrics)
        for (const { labels, value } of metric.values) {
            if (!Number.isFinite(value)) continue
            const tags = Object.entries({ [DEVICE_LABEL]: board.name, ...labels })
                .filter(([, text]) => text !== "")
                .map(([name, text]) => `${escaped(name)}=${escaped(text)}`)
                .join(",")
            const name = prometheusName(metric).replace(`${MEASUREMENT}_`, "")
            const known = fields.get(tags) ?? []
            fields.set(tags, known)
            known.push(`${escaped(name)}=${value}`)
        }
    return [...fields].map(([tags, values]) => `${MEASUREMENT},${tags} ${values.join(",")} ${atMs}`)
}

/** A name, or the value of a tag. No way is known to end one with a backslash: it stands for itself elsewhere. */
function escaped(text: string): string {
    return text.replace(/\\+$/, "").replace(/[,= ]/g, "\\$&") || "_"
}
