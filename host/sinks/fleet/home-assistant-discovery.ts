import type { BoardReading, FleetBoard } from "../../analysis/fleet/fleet-board"
import { crc32Hex } from "../../base/crc32"

/** Where everything is published. */
export interface Topics {
    /** Home Assistant's own prefix for discovery. */
    prefix: string
    /** What figures are published below. */
    base: string
}

/** One figure of a board, as Home Assistant calls its parts. */
interface Entity {
    key: string
    name: string
    metric: string
    /** Of a metric that has several values. */
    which?: { label: string; value: string }
    kind: "bytes" | "seconds" | "counter"
    /** For who looks after the device, not among its figures. */
    isDiagnostic?: true
}

/** What of the metrics is shown: those that a person would look at. */
const ENTITIES: readonly Entity[] = [
    bytes("live", "Heap live", "devicescript.memory.usage", "live"),
    bytes("garbage", "Heap garbage", "devicescript.memory.usage", "garbage"),
    bytes("free", "Heap free", "devicescript.memory.usage", "free"),
    bytes("largest_free", "Heap largest free block", "devicescript.memory.largest_free"),
    { ...bytes("limit", "Heap size", "devicescript.memory.limit"), isDiagnostic: true },
    {
        ...bytes("high_water", "Heap live at most", "devicescript.memory.high_water", "live"),
        isDiagnostic: true,
    },
    {
        ...bytes("error", "Heap live may be off by", "devicescript.memory.error", "live"),
        isDiagnostic: true,
    },
    left("time_to_death", "Out of memory in", "expected"),
    left("earliest_death", "Out of memory at the earliest in", "earliest"),
    left("latest_death", "Out of memory at the latest in", "latest"),
    {
        ...{ key: "uptime", name: "Uptime", metric: "devicescript.board.uptime" },
        ...{ kind: "seconds", isDiagnostic: true },
    },
    counter("starts", "Starts", "devicescript.board.starts"),
    counter("deaths", "Deaths", "devicescript.board.deaths"),
    counter("missed", "Reports missed", "devicescript.reports.missed"),
]

/** A name of a board as part of a topic and of Home Assistant's identifiers: of two names there are two. */
export function boardId(name: string): string {
    const plain = name.replace(/[^\w-]/g, "_")
    if (plain === name) return plain
    return `${plain}_${crc32Hex(name)}`
}

/** Where a board's figures are published, and whether it is there. */
export function boardTopics({ base }: Topics, id: string) {
    return { state: `${base}/${id}/state`, here: `${base}/${id}/here` }
}

/** Where it is published whether there is anybody who publishes. */
export function fleetTopic({ base }: Topics): string {
    return `${base}/here`
}

/** What makes a board a device of Home Assistant: published once, and kept by the broker. */
export function discovery({ name, about, sha256 }: FleetBoard, topics: Topics) {
    const id = boardId(name)
    const { state, here } = boardTopics(topics, id)
    const components = Object.fromEntries(
        ENTITIES.map(entity => [
            entity.key,
            {
                platform: "sensor",
                name: entity.name,
                unique_id: `heapscope_${id}_${entity.key}`,
                // What the board does not tell stays unknown.
                value_template: `{{ value_json.${entity.key} | default(None) }}`,
                ...unitsOf(entity),
                ...(entity.isDiagnostic && { entity_category: "diagnostic" }),
            },
        ]),
    )
    return {
        topic: `${topics.prefix}/device/heapscope_${id}/config`,
        payload: {
            device: {
                identifiers: [`heapscope_${id}`],
                name,
                manufacturer: "DeviceScript",
                model: about.board.id,
                ...(sha256 !== undefined && { sw_version: sha256.slice(0, 12) }),
            },
            origin: { name: "heapscope" },
            components,
            state_topic: state,
            availability: [{ topic: fleetTopic(topics) }, { topic: here }],
            availability_mode: "all",
            qos: 1,
        },
    }
}

/** A board's figures, as its entities read them. */
export function stateOf({ metrics }: Pick<BoardReading, "metrics">): Record<string, number> {
    const state: Record<string, number> = {}
    for (const { key, metric, which } of ENTITIES) {
        const values = metrics.find(({ name }) => name === metric)?.values ?? []
        const found = values.find(({ labels }) => !which || labels[which.label] === which.value)
        if (found) state[key] = found.value
    }
    return state
}

function unitsOf({ kind }: Entity) {
    switch (kind) {
        case "bytes":
            return {
                ...{ device_class: "data_size", unit_of_measurement: "B" },
                ...{ state_class: "measurement", suggested_display_precision: 0 },
            }
        case "seconds":
            return {
                ...{ device_class: "duration", unit_of_measurement: "s" },
                ...{ state_class: "measurement" },
            }
        case "counter":
            return { state_class: "total_increasing" }
    }
}

function bytes(key: string, name: string, metric: string, state?: string): Entity {
    const which = state === undefined ? {} : { which: { label: "state", value: state } }
    return { key, name, metric, kind: "bytes", ...which }
}

/** One end of the range, or what is expected: unknown of a board that does not leak. */
function left(key: string, name: string, bound: string): Entity {
    const metric = "devicescript.memory.time_to_death"
    return { key, name, metric, kind: "seconds", which: { label: "bound", value: bound } }
}

function counter(key: string, name: string, metric: string): Entity {
    return { key, name, metric, kind: "counter", isDiagnostic: true }
}
