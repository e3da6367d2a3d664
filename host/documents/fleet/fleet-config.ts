import * as v from "valibot"

const text = v.pipe(v.string(), v.nonEmpty("It is empty"))
/** A time or size: with its unit as text, or in milliseconds or bytes. Its reader checks it. */
const quantity = v.union([text, v.number()], "Expected a text with a unit, or a number")
const name = v.optional(v.pipe(text, v.maxLength(64, "It has more than 64 characters")))

/**
 * How to get into a server: secrets are in files or in variables of the environment, never in the
 * configuration itself, which is committed and printed.
 */
export const accessEntries = {
    /** With a password, for HTTP's basic authentication or a broker. */
    user: v.optional(text),
    passwordFile: v.optional(text),
    passwordEnv: v.optional(text),
    /** A bearer token. */
    tokenFile: v.optional(text),
    tokenEnv: v.optional(text),
    /** Certificates (PEM files): of who signed the server's, and this client's own with its key. */
    ca: v.optional(text),
    cert: v.optional(text),
    key: v.optional(text),
}

const access = v.strictObject(accessEntries)

/** How to get into a server. */
export type RemoteAccess = v.InferOutput<typeof access>

const port = v.strictObject({
    /** A serial port, `tcp://host:port` or `auto`. */
    port: text,
    name,
    /** The board: an id, or a *.board.json file. */
    board: v.optional(text),
    /** What runs on it: its estimates are better then. */
    program: v.optional(text),
})

const recording = v.strictObject({
    recording: text,
    name,
    /** `4x`, or `max`. Default: `1x`. */
    speed: v.optional(text),
})

const simulate = v.strictObject({
    /** So many boards, each with a seed of its own. */
    simulate: v.pipe(
        v.number(),
        v.integer("Expected a whole number"),
        v.minValue(1, "Expected 1 at least"),
    ),
    /** Of those that many are simulated, the others vary what these report. Default: 100. */
    real: v.optional(
        v.pipe(
            v.number(),
            v.integer("Expected a whole number"),
            v.minValue(1, "Expected 1 at least"),
        ),
    ),
    program: v.optional(text),
    board: v.optional(text),
    seed: v.optional(v.number()),
    /** From one report to the next. Default: `1s`. */
    every: v.optional(quantity),
})

const mqtt = v.strictObject({
    /** The broker that boards publish to: `mqtt://host:1883`, `mqtts://host:8883`, `ws://` or `wss://`. */
    mqtt: text,
    /** What their topics are: what stands for `+` and `#` is a board's name. Default: `heapscope/+`. */
    topics: v.optional(v.array(text)),
    /** By which the broker knows this fleet again, and keeps what comes meanwhile. Default: by this machine's name. */
    client: v.optional(text),
    /** Which board they are, all of them. */
    board: v.optional(text),
    /** What runs on them: their estimates are better then. */
    program: v.optional(text),
    ...accessEntries,
})

/** Where boards come from: which kind it is, its first key tells. */
export const BOARDS = { port, recording, simulate, mqtt }

/** An output that is pushed to: where to, and how to get in. */
const pushed = v.strictObject({ url: text, ...accessEntries })

/** Where figures go to. */
export const OUTPUTS = {
    /** What Prometheus scrapes. */
    prometheus: v.strictObject({
        /** A port of this machine alone, or an address and a port. Default: 9464. */
        listen: v.optional(
            v.union([text, v.number()], "Expected a port, or an address and a port"),
        ),
        /** Its certificate and key (PEM files): it is served with TLS then. */
        cert: v.optional(text),
        key: v.optional(text),
        /** What a scraper has to present as its bearer token. */
        tokenFile: v.optional(text),
        tokenEnv: v.optional(text),
    }),
    /** Prometheus' remote write, which VictoriaMetrics, Mimir and others take, too. */
    remoteWrite: pushed,
    /** InfluxDB's line protocol: the whole address, as `http://host:8086/write?db=boards&precision=ms`. */
    influx: pushed,
    /** OpenTelemetry's OTLP over HTTP: the whole address, as `http://host:4318/v1/metrics`. */
    otlp: pushed,
    /** Home Assistant, by MQTT: each board is a device there by itself. */
    homeAssistant: v.strictObject({
        /** The broker that Home Assistant listens to: `mqtt://host:1883`, or as for boards. */
        url: text,
        /** Its prefix for discovery. Default: `homeassistant`. */
        prefix: v.optional(text),
        /** Figures are published below this topic. Default: `heapscope-fleet`. */
        topic: v.optional(text),
        /** From one state of a board to the next. Default: `30s`. */
        every: v.optional(quantity),
        ...accessEntries,
    }),
    /** A file for each board that died, for `heapscope sim --as`. */
    incidents: v.strictObject({ folder: text }),
    /** A page with all boards, for a browser. */
    web: v.strictObject({
        /** Default: any that is free. */
        port: v.optional(
            v.pipe(
                v.number(),
                v.integer("Expected a whole number"),
                v.minValue(0, "Expected 0 at least"),
                v.maxValue(65_535, "Expected 65535 at most"),
            ),
        ),
        /** An address of this machine. Default: `127.0.0.1`. */
        host: v.optional(text),
    }),
    /** Lines of JSON: a file, or `-` for stdout. */
    ndjson: v.strictObject({ file: text }),
}

const isObject = (input: unknown): input is object => typeof input === "object" && input !== null

const board = v.lazy((input): v.GenericSchema<BoardsConfig> => {
    const kinds = Object.entries(BOARDS)
    const [, schema] = kinds.find(([key]) => isObject(input) && key in input) ?? kinds[0]!
    return schema as unknown as v.GenericSchema<BoardsConfig>
})

/** The `fleet` of a configuration. */
export const FleetSchema = v.strictObject({
    boards: v.optional(v.array(board)),
    outputs: v.optional(
        v.strictObject(
            Object.fromEntries(
                Object.entries(OUTPUTS).map(([key, of]) => [key, v.optional(of)]),
            ) as unknown as OutputSchemas,
        ),
    ),
    /** Where outputs keep what nobody takes at the moment. */
    store: v.optional(
        v.strictObject({
            /** Default: `heapscope-fleet` in the user's folder for what programs keep. */
            folder: v.optional(text),
            /** For each output. Default: `64MB`. */
            limit: v.optional(quantity),
        }),
    ),
    /** More boards than this are not taken, whoever names them. Default: 10000. */
    maxBoards: v.optional(
        v.pipe(
            v.number(),
            v.integer("Expected a whole number"),
            v.minValue(1, "Expected 1 at least"),
        ),
    ),
})

type OutputSchemas = {
    [K in keyof typeof OUTPUTS]: v.OptionalSchema<(typeof OUTPUTS)[K], undefined>
}

/** Boards of one kind, as a configuration has them. */
export type BoardsConfig = {
    [K in keyof typeof BOARDS]: v.InferOutput<(typeof BOARDS)[K]>
}[keyof typeof BOARDS]

/** An output, as a configuration has it. */
export type OutputConfig<K extends keyof typeof OUTPUTS> = v.InferOutput<(typeof OUTPUTS)[K]>

/** What a configuration says of a fleet. */
export type FleetConfig = v.InferOutput<typeof FleetSchema>

/** The settings that there may be at a place below `fleet`, for who misspelled one. */
export function fleetSettingsAt(path: readonly PropertyKey[]): string[] {
    const [part, which] = path
    if (path.length === 1) return Object.keys(FleetSchema.entries)
    if (part === "store") return ["folder", "limit"]
    if (part === "outputs")
        return Object.keys(
            path.length === 2 ? OUTPUTS : (OUTPUTS[which as keyof typeof OUTPUTS]?.entries ?? {}),
        )
    return [...new Set(Object.values(BOARDS).flatMap(({ entries }) => Object.keys(entries)))]
}
