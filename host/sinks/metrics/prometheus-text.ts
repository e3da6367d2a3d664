import type { Metric } from "../../analysis/fleet/metric"

/** The type of what `prometheusText` writes, for HTTP. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8"

/**
 * Metrics as Prometheus scrapes them (text format 0.0.4), named as OpenTelemetry's rules turn its own names
 * into Prometheus': dots become underscores, the unit follows, and `_total` ends what is counted.
 */
export function prometheusText(metrics: readonly Metric[]): string {
    return metrics
        .filter(({ values }) => values.length > 0)
        .map(metric => {
            const name = prometheusName(metric)
            const lines = metric.values.map(
                ({ labels, value }) => `${name}${labelText(labels)} ${valueText(value)}`,
            )
            return [`# HELP ${name} ${escaped(metric.help)}`, `# TYPE ${name} ${metric.kind}`]
                .concat(lines)
                .join("\n")
        })
        .join("\n")
        .concat("\n")
}

export function prometheusName({ name, unit, kind }: Pick<Metric, "name" | "unit" | "kind">) {
    const ending = unit === "count" ? "" : `_${unit}`
    return name.replaceAll(".", "_") + ending + (kind === "counter" ? "_total" : "")
}

function labelText(labels: Metric["values"][number]["labels"]): string {
    const pairs = Object.entries(labels).map(
        ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
    )
    return pairs.length > 0 ? `{${pairs.join(",")}}` : ""
}

function escaped(text: string): string {
    return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")
}

function valueText(value: number): string {
    if (Number.isNaN(value)) return "NaN"
    return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf"
}
