import * as v from "valibot"
import { WORLD_MODES, type WorldReport } from "./world-report"

/**
 * The record of a simulated board's world: all that came through its door in one run, in a text file.
 * With the program and the board it is the run: played back, the board does the same again, byte for
 * byte, and nobody has to make the world up a second time.
 *
 * NDJSON in UTF-8: one JSON object a line. The first line is the header, the last one the end; every
 * other one is an answer that the board asked for, in the order in which it asked, or, with the
 * simulated microsecond at which the board took it, something that came by itself. Bytes are in
 * hexadecimal digits. An answer that was the same several times in a row stands there once, with
 * `times`. The last line's last member, `crc`, is the CRC-32 of all bytes of the file before `,"crc":`
 * there, as eight hexadecimal digits: a record that is damaged or was cut off is refused.
 */
export const WORLD_RECORD_SCHEMA = "heapscope/world-record@1"

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const bit = v.picklist([0, 1])
const hex = v.pipe(text, v.regex(/^(?:[0-9a-f]{2})*$/))
const crc = v.pipe(text, v.regex(/^[0-9a-f]{8}$/))
/** A bus takes fractions of microseconds. */
const atUs = v.pipe(v.number(), v.finite(), v.minValue(0))

/** What the record is of: played on anything else, it would not fit. */
export const RecordHeaderSchema = v.object({
    schema: v.literal(WORLD_RECORD_SCHEMA),
    /** `crc`: of its bytecode and settings. */
    program: v.object({ entry: text, bytecodeBytes: count, crc }),
    /** `crc`: of its configuration; absent for a board without one. */
    board: v.object({ id: text, chip: text, heapBytes: count, crc: v.exactOptional(crc) }),
    vm: v.object({ version: text }),
    /** Simulated milliseconds that it covers. */
    forMs: v.pipe(v.number(), v.finite(), v.minValue(0)),
})

export type RecordHeader = v.InferOutput<typeof RecordHeaderSchema>

const times = v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(2)))

/** What the board asked for, and what it was answered. `null` bytes: nobody acknowledged, or drove the line. */
export const AnswerSchema = v.variant("kind", [
    v.object({ kind: v.literal("random"), bytes: hex, times }),
    v.object({ kind: v.literal("level"), pin: count, level: bit, times }),
    v.object({
        kind: v.literal("analog"),
        pin: count,
        value: v.pipe(count, v.maxValue(65_535)),
        times,
    }),
    v.object({ kind: v.literal("temperature"), degrees: v.pipe(v.number(), v.finite()), times }),
    v.object({ kind: v.literal("i2c-write"), address: count, acknowledged: v.boolean(), times }),
    v.object({ kind: v.literal("i2c-read"), address: count, bytes: v.nullable(hex), times }),
    v.object({ kind: v.literal("spi"), bytes: v.nullable(hex), times }),
    v.object({ kind: v.literal("network"), available: v.boolean(), times }),
    v.object({ kind: v.literal("cloud"), connected: v.boolean(), times }),
    v.object({ kind: v.literal("connect"), result: v.pipe(v.number(), v.integer()), times }),
    v.object({ kind: v.literal("send"), result: v.pipe(v.number(), v.integer()), times }),
])

export type Answer = v.InferOutput<typeof AnswerSchema>

/** What came by itself, when the board took it; `connection`: whether one is open from then on. */
export const ComingSchema = v.variant("kind", [
    v.object({ kind: v.literal("frame"), atUs, bytes: hex }),
    v.object({
        kind: v.literal("socket"),
        atUs,
        event: v.picklist(["open", "close", "error", "data"]),
        bytes: hex,
    }),
    v.object({
        kind: v.literal("from-cloud"),
        atUs,
        form: v.picklist(["binary", "json"]),
        bytes: hex,
    }),
    v.object({ kind: v.literal("connection"), atUs, open: v.boolean() }),
])

export type Coming = v.InferOutput<typeof ComingSchema>

/** A type with all members that it may have, so that one that another lacks is noticed. */
type WholeOf<T> = { [K in keyof T]-?: NonNullable<T[K]> extends (infer E)[] ? Required<E>[] : T[K] }

/** What the board was connected to: the report has it word for word. */
const WorldSchema = v.object({
    mode: v.picklist(WORLD_MODES),
    network: v.exactOptional(v.literal("real")),
    i2cIsMissing: v.exactOptional(v.boolean()),
    roles: v.exactOptional(
        v.array(
            v.object({
                name: text,
                serviceClass: count,
                answeredBy: v.picklist([
                    "simulated device",
                    "the recording",
                    "the board itself",
                    "the program itself",
                    "nobody",
                ]),
                device: v.exactOptional(text),
                commands: count,
                packets: count,
            }),
        ),
    ),
    hosts: v.exactOptional(
        v.array(
            v.object({
                url: text,
                answeredBy: v.picklist([
                    "made-up server",
                    "the scenario",
                    "the network itself",
                    "nobody",
                ]),
                connections: count,
                requests: count,
                answers: count,
                failure: v.exactOptional(text),
                lost: v.exactOptional(count),
            }),
        ),
    ),
    settings: v.exactOptional(v.array(v.object({ name: text, value: text }))),
    pins: v.exactOptional(
        v.array(
            v.object({
                pin: count,
                use: v.picklist(["output", "pulses", "input", "analog"]),
                part: v.exactOptional(text),
                reads: v.exactOptional(count),
                changes: v.exactOptional(count),
                periodUs: v.exactOptional(atUs),
                pulseUs: v.exactOptional(atUs),
            }),
        ),
    ),
    addresses: v.exactOptional(
        v.array(v.object({ address: count, device: v.exactOptional(text), transfers: count })),
    ),
    displays: v.exactOptional(
        v.array(
            v.object({
                name: text,
                width: v.exactOptional(count),
                height: v.exactOptional(count),
                text: v.exactOptional(v.array(text)),
            }),
        ),
    ),
    ledStrips: v.exactOptional(v.array(v.object({ pin: count, leds: count, sent: count }))),
    recorded: v.exactOptional(
        v.array(
            v.object({
                serviceClass: count,
                playedBy: v.exactOptional(text),
                reports: count,
                played: count,
            }),
        ),
    ),
    madeUp: v.array(text),
    unanswered: v.array(text),
}) satisfies v.GenericSchema<unknown, WorldReport>

/** Every member of the report is above, or it would be lost: the type checker tells. */
const everyMember: WholeOf<v.InferOutput<typeof WorldSchema>> extends WholeOf<WorldReport>
    ? true
    : never = true
void everyMember

export const RecordEndSchema = v.object({ kind: v.literal("end"), world: WorldSchema, crc })

/** All of a record. */
export interface WorldRecord {
    header: RecordHeader
    answers: Answer[]
    comings: Coming[]
    /** What the run's report says of the world. */
    world: WorldReport
}
