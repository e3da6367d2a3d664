/** What monitoring calls a metric: a name, what it counts, and its values. */
export interface Metric {
    /** After OpenTelemetry's rules: `devicescript.memory.usage`. */
    name: string
    /** What it is, in a sentence. */
    help: string
    unit: Unit
    kind: "gauge" | "counter"
    /** Of a gauge: its values may be added up, over states and over boards. */
    adds?: boolean
    values: MetricValue[]
}

export interface MetricValue {
    labels: Readonly<Record<string, string>>
    value: number
}

/** `count`: things that are counted, for which neither side's names have a unit. */
export type Unit = "bytes" | "seconds" | "count" | "info"
