import * as v from "valibot"

const text = v.pipe(v.string("Expected a text"), v.nonEmpty("It is empty"))
/** A time or size: with its unit as text, or in milliseconds or bytes. Its reader checks it. */
const quantity = v.union([text, v.number()], "Expected a text with a unit, or a number")
const number = v.pipe(v.number("Expected a number"), v.finite("Expected a number"))
const count = v.pipe(
    number,
    v.integer("Expected a whole number"),
    v.minValue(1, "Expected 1 at least"),
    v.maxValue(1_000_000, "Expected 1,000,000 at most"),
)
const hex = v.pipe(
    text,
    v.regex(/^(?:[\da-f]{2}\s*)+$/i, 'Expected bytes in hexadecimal digits, "1a 2b"'),
    v.maxLength(3 * 65_536, "It is too long"),
)
const fn = v.custom<(...args: never[]) => unknown>(
    value => typeof value === "function",
    "Expected a function",
)

/**
 * What a quantity does by itself: a number that it stays at; `sine 18..26 a day`, `sine 0..1 every 10s`;
 * `ramp 0..100 every 1m`; `wander 0..100`; `csv day.csv`, `csv day.csv column outside`;
 * `recording day.ndjson`, `recording day.ndjson role outside`. Its reader checks it.
 */
const signal = v.union([text, number], "Expected a number, or what it does: sine 18..26 a day")

/** What a web server answers. One of `body`, `json`, `file`, `size` and `answer` says with what. */
const answer = {
    /** HTTP's code and, if one likes, its words: 200, "503 Service Unavailable". */
    status: v.optional(v.union([v.pipe(number, v.integer()), text])),
    headers: v.optional(v.record(v.string(), v.string("Expected a text"))),
    body: v.optional(v.string("Expected a text")),
    json: v.optional(v.unknown()),
    /** A file beside the scenario. */
    file: v.optional(text),
    /** A body of this many bytes, of the letter x. */
    size: v.optional(quantity),
    /** A made-up answer in JSON, about so long. */
    madeUp: v.optional(quantity),
    /** Before it begins to answer. Default: 40ms. */
    delay: v.optional(quantity),
    /** It closes the connection after so many bytes, head included. */
    cutOffAfter: v.optional(quantity),
    /** Its head, or its body, goes on for as long as somebody listens. */
    endless: v.optional(v.picklist(["headers", "body"], "Expected headers or body")),
    /** It takes the request and says nothing. */
    silent: v.optional(v.boolean("Expected true or false")),
}

const server = v.strictObject({
    /** The host's name as the program asks for it, or `*` for all. */
    host: text,
    /** What the path begins with. Default: every path. */
    path: v.optional(text),
    /** Default: all of them. */
    method: v.optional(text),
    ...answer,
    /** Answers in turn: one a request, the last again and again. */
    replies: v.optional(v.pipe(v.array(v.strictObject(answer)), v.minLength(1, "It is empty"))),
    /** A folder beside the scenario: a path is a file in it. */
    folder: v.optional(text),
    /** The answers that a real server gave, from a file of `sim --record-world`. */
    recording: v.optional(text),
    /** Makes the answer to each request; only in a .ts or .js file. */
    answer: v.optional(fn),
})

const device = v.strictObject({
    /** What it measures. */
    reading: v.optional(signal),
    /** Whether it is on the bus from the start. Default: true. */
    connected: v.optional(v.boolean("Expected true or false")),
})

const i2c = v.strictObject({
    /** Seven bits: 68, "0x44". */
    address: v.union([number, text], 'Expected an address: "0x44"'),
    /** Bytes from a register on, by its number. */
    registers: v.optional(v.record(v.string(), hex)),
    /** What each read gets in turn, the last again and again. */
    replies: v.optional(v.pipe(v.array(hex), v.minLength(1, "It is empty"))),
    /** It answers as this device of the simulator does: `SHT30`. */
    device: v.optional(text),
    /** A class with `write(data)` and `read(size)`; only in a .ts or .js file. */
    class: v.optional(fn),
    /** It holds the bus: nothing on it is acknowledged. */
    holds: v.optional(v.boolean("Expected true or false")),
    /** Nobody is there. */
    absent: v.optional(v.boolean("Expected true or false")),
})

const message = {
    topic: text,
    payload: v.optional(v.string("Expected a text")),
    json: v.optional(v.unknown()),
    size: v.optional(quantity),
    /** A made-up message in JSON, about so long. */
    madeUp: v.optional(quantity),
}

/** The keys of a step that say what it does: it has one of them. */
const actions = {
    /** A button, by its role or pin. */
    press: v.optional(text),
    /** A knob or an encoder, by its role or pin. */
    turn: v.optional(text),
    /** Values of sensors, quantities and pins, from now on. */
    set: v.optional(
        v.record(
            v.string(),
            v.union(
                [number, v.boolean(), v.array(number), text],
                "Expected a number, a list of them, true, false, or what it does",
            ),
        ),
    ),
    /** A device comes to the bus, or leaves it. */
    connect: v.optional(text),
    disconnect: v.optional(text),
    wifi: v.optional(v.picklist(["drop", "return"], "Expected drop or return")),
    /** A server's answer from now on. */
    answer: v.optional(server),
    /** What answers at an address of the I2C bus from now on. */
    i2c: v.optional(i2c),
    /** Somebody publishes a message at the broker. */
    publish: v.optional(v.strictObject(message)),
    /** The cloud sends a message. */
    cloud: v.optional(v.strictObject(message)),
    /** A Jacdac packet from the device of a role. */
    send: v.optional(
        v.strictObject({
            role: text,
            event: v.optional(v.pipe(number, v.integer(), v.minValue(0), v.maxValue(255))),
            command: v.optional(v.pipe(number, v.integer(), v.minValue(0), v.maxValue(0xffff))),
            data: v.optional(hex),
        }),
    ),
    /** The log has a line with this text, from this step on. */
    expectLog: v.optional(text),
    /** A display shows this picture, or these lines. */
    expectPicture: v.optional(v.union([text, v.array(v.string())], "Expected a file, or lines")),
    /** A figure: `live < 20kB`. */
    assert: v.optional(v.union([text, v.array(text)], "Expected a figure: live < 20kB")),
    /** A snapshot of the heap is taken, under this name. */
    snapshot: v.optional(text),
}

const step = v.strictObject({
    /** Simulated time since power-on: `10m`. */
    at: v.optional(quantity),
    /** After a log line with this text, from the step before on. */
    after: v.optional(text),
    /** So long after the step before, or after the line of `after`. */
    wait: v.optional(quantity),
    ...actions,
    /** How long a press takes. Default: 150ms. */
    for: v.optional(quantity),
    /** How often it is done, and how far apart. Default: once, 1s. */
    times: v.optional(count),
    every: v.optional(quantity),
    /** Where a knob is turned to, 0 to 1, or by how many clicks an encoder is. */
    to: v.optional(number),
    by: v.optional(v.pipe(number, v.integer("Expected a whole number"))),
    /** How long an expectation may take. Default: 10s. */
    within: v.optional(quantity),
    /** Which display, by its name or a part of it. Default: the first. */
    display: v.optional(text),
})

/**
 * A world of the user's own, and what happens in it: a file `*.scenario.ts`, `.js` or `.json`, or `scenario`
 * in a project's configuration. What it does not name is made up as ever, unless `world` is strict.
 */
export const ScenarioSchema = v.strictObject({
    /** Where the JSON Schema of scenarios is, for editors. */
    $schema: v.optional(v.string("Expected a text")),
    /** What it is about, for people. */
    about: v.optional(v.string("Expected a text")),
    /** How long to run, with which seed, on which heap, when nobody says otherwise. */
    for: v.optional(quantity),
    seed: v.optional(v.pipe(number, v.integer(), v.minValue(0), v.maxValue(0xffffffff))),
    heap: v.optional(quantity),
    /** Whether what is not named here answers: `made-up`, or `strict`. */
    world: v.optional(v.picklist(["made-up", "strict"], "Expected made-up or strict")),
    /** Quantities around the board, and pins: what they do. */
    signals: v.optional(v.record(v.string(), signal)),
    /** Devices by the program's role. */
    devices: v.optional(v.record(v.string(), device)),
    servers: v.optional(v.array(server)),
    /** How much longer every server takes, also a made-up one: `5s`. */
    slower: v.optional(quantity),
    i2c: v.optional(v.array(i2c)),
    steps: v.optional(v.array(step)),
})

/** What a scenario file says. */
export type ScenarioFile = v.InferOutput<typeof ScenarioSchema>
export type ScenarioStep = v.InferOutput<typeof step>
export type ScenarioServer = v.InferOutput<typeof server>
export type ScenarioAnswer = Pick<ScenarioServer, keyof typeof answer>
export type ScenarioI2c = v.InferOutput<typeof i2c>

/** What a step can do. */
export const STEP_ACTIONS = Object.keys(actions) as (keyof typeof actions)[]

/** The names that there may be at a place in the file, for who misspelled one. */
export function scenarioNamesAt(path: readonly PropertyKey[]): string[] {
    const [first, , third] = path
    if (path.length <= 1) return Object.keys(ScenarioSchema.entries)
    if (first === "servers") return Object.keys(third === "replies" ? answer : server.entries)
    if (first === "devices") return Object.keys(device.entries)
    if (first === "i2c") return Object.keys(i2c.entries)
    if (first !== "steps") return []
    if (path.length <= 3) return Object.keys(step.entries)
    if (third === "answer") return Object.keys(server.entries)
    if (third === "i2c") return Object.keys(i2c.entries)
    if (third === "publish" || third === "cloud") return Object.keys(message)
    if (third === "send") return ["role", "event", "command", "data"]
    return []
}

/** How a run's scenario went: the part `scenario` of the simulation report. */
export interface ScenarioReport {
    /** Its file, as it was named. */
    file: string
    about?: string
    /** All steps were done, and none failed. */
    passed: boolean
    steps: StepReport[]
}

export interface StepReport {
    /** `devs/station/evening.scenario.json:12`; without a line where that is not certain. */
    where: string
    /** What it is, in words: `press button`. */
    step: string
    /** `late`: the run was over before its time, or what it waited for never came. */
    state: "done" | "failed" | "late"
    /** When it began. Simulated milliseconds. */
    atMs?: number
    /** Of one that is not done: what was seen in its place. */
    saw?: string
}
