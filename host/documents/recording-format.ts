import * as v from "valibot"
import { LINK_PHASES, type MemoryEvent } from "../model/events"
import { BLOCK_TYPES } from "../model/heap/block"
import { JUDGEMENT_KINDS } from "../model/judgement"
import { structureFigures } from "./structure-figures"

/**
 * A recording: what a board told, event by event, in a text file that anybody can read.
 *
 * NDJSON in UTF-8: one JSON object a line, each line ended by `\n`. The first line is the header
 * (`schema`, `program`, `board`, `vm`, `startedAt`), every other one an event as in
 * `host/model/events.ts`, in order of time. The last member of every object is `crc`: the CRC-32, as
 * eight hexadecimal digits, of the line's bytes before `,"crc":`. So every line checks itself, and a
 * line torn by a crash or damaged by a disk is told from a whole one. In a packed one (`.gz`), members of
 * gzip have the check, and lines have none.
 *
 * A reader skips and counts: damaged lines, events of a kind it does not know, and at the end of the
 * file the piece of a line that a killed writer left. It refuses a file whose header is not one of
 * the versions it knows. New kinds of events and new optional members of events do not change the
 * version; anything else does.
 */
export const RECORDING_SCHEMA = "heapscope/recording@1"

/** The longest line a reader takes, in bytes: a longer one is damage. */
export const MAX_LINE_BYTES = 1 << 20

/** Above it are no services' indices (`JD_SERVICE_INDEX_MASK` of jacdac-c is six bits). */
const MAX_SERVICE_INDEX = 0x3b

const text = v.string()
const finite = v.pipe(v.number(), v.finite())
const count = v.pipe(finite, v.minValue(0))
const atMs = count

/** What a recording is of. `vm` is the version of DeviceScript, where it is known. */
export const HeaderSchema = v.object({
    schema: v.literal(RECORDING_SCHEMA),
    program: v.object({ entry: text }),
    board: v.object({ id: text, chip: text, heapBytes: v.pipe(count, v.integer()) }),
    vm: v.object({ version: v.nullable(text) }),
    /** When the recording began, ISO 8601. */
    startedAt: v.pipe(text, v.isoTimestamp()),
})

export type RecordingHeader = v.InferOutput<typeof HeaderSchema>

const sample = {
    atMs,
    usedBytes: count,
    liveBytes: count,
    freeBytes: count,
    largestFreeBytes: count,
    collections: count,
    allocations: count,
    allocatedBytes: count,
}

const frame = v.object({ function: text, file: text, line: count, column: count })

const heap = v.object({
    capacityBytes: count,
    usedBytes: count,
    liveBytes: count,
    freeBytes: count,
    largestFreeBytes: count,
    fragmentation: count,
    blocks: count,
    freeBlocks: count,
    highWaterUsedBytes: count,
    highWaterLiveBytes: count,
    byType: v.record(text, v.object({ blocks: count, bytes: count })),
})

const structure = structureFigures(count)

const mapBlock = v.object({ bytes: count, type: v.picklist(BLOCK_TYPES), live: v.boolean() })

const kind = <const K extends MemoryEvent["kind"]>(name: K) => v.literal(name)

/** One event, as a line holds it. */
export const EventSchema = v.variant("kind", [
    v.object({
        kind: kind("sample"),
        ...sample,
        estimate: v.exactOptional(
            v.object({
                errorBytes: count,
                liveErrorBytes: v.exactOptional(count),
                death: v.exactOptional(
                    v.object({
                        ...{ atMs, fromMs: atMs, toMs: atMs },
                        by: v.exactOptional(v.literal("program")),
                    }),
                ),
            }),
        ),
    }),
    v.object({
        kind: kind("log"),
        atMs,
        level: v.picklist(["log", "warn", "error", "debug", "runtime"]),
        text,
    }),
    v.object({ kind: kind("gc"), atMs, liveBytes: count }),
    v.object({
        kind: kind("panic"),
        atMs,
        code: count,
        stack: v.exactOptional(v.array(frame)),
        heap: v.exactOptional(heap),
        requestedBytes: v.exactOptional(count),
    }),
    v.object({ kind: kind("structures"), atMs, structures: v.array(structure) }),
    v.object({ kind: kind("figures"), atMs, heap }),
    v.object({
        kind: kind("link"),
        atMs,
        phase: v.picklist(LINK_PHASES),
        message: text,
    }),
    v.object({ kind: kind("program"), atMs, sha256: v.pipe(text, v.regex(/^[0-9a-f]{64}$/)) }),
    v.object({ kind: kind("mark"), atMs, text }),
    v.object({
        kind: kind("last-report"),
        atMs,
        run: v.exactOptional(count),
        uptimeMs: v.exactOptional(count),
        filledBytes: v.exactOptional(count),
        exception: v.exactOptional(text),
    }),
    v.object({
        kind: kind("heap-map"),
        atMs,
        capacityBytes: count,
        whole: v.boolean(),
        changes: v.array(v.object({ start: count, blocks: v.array(mapBlock) })),
    }),
    v.object({
        kind: kind("displays"),
        atMs,
        shown: v.array(
            v.object({
                name: text,
                kind: v.picklist(["display", "strip"]),
                picture: v.exactOptional(v.object({ width: count, height: count, rgb: text })),
                text: v.exactOptional(v.array(text)),
            }),
        ),
    }),
    v.object({
        kind: kind("controls"),
        atMs,
        controls: v.array(
            v.object({
                name: text,
                what: text,
                how: v.picklist(["press", "turn", "set"]),
                low: v.exactOptional(finite),
                high: v.exactOptional(finite),
            }),
        ),
    }),
    v.object({
        kind: kind("build"),
        atMs,
        problems: v.array(v.object({ file: text, line: count, text })),
        sources: v.array(v.object({ file: text, text })),
    }),
    v.object({
        kind: kind("service"),
        atMs,
        device: v.pipe(text, v.regex(/^[0-9a-f]{16}$/)),
        index: v.pipe(count, v.integer(), v.maxValue(MAX_SERVICE_INDEX)),
        serviceClass: v.pipe(count, v.integer(), v.maxValue(0xffffffff)),
        isOwn: v.boolean(),
        register: v.exactOptional(v.pipe(count, v.integer(), v.maxValue(0xfff))),
        event: v.exactOptional(v.pipe(count, v.integer(), v.maxValue(0xff))),
        data: v.pipe(text, v.regex(/^([0-9a-f]{2}){0,236}$/)),
    }),
    v.object({
        kind: kind("judgement"),
        atMs,
        judgement: v.object({
            kind: v.picklist(JUDGEMENT_KINDS),
            severity: v.picklist(["good", "warning", "bad"]),
            headline: text,
            evidence: v.array(text),
            at: v.exactOptional(frame),
            container: v.exactOptional(text),
            death: v.exactOptional(v.object({ atMs: count, fromMs: count, toMs: count })),
            next: v.exactOptional(v.object({ command: text, why: text })),
        }),
    }),
    v.object({
        kind: kind("end"),
        atMs,
        outcome: v.object({
            kind: v.picklist([
                "running",
                "finished",
                "panicked",
                "expected-text",
                "failed-text",
                "timed-out",
            ]),
            panicCode: v.exactOptional(count),
            panicName: v.exactOptional(text),
            verdict: v.exactOptional(text),
            message: v.exactOptional(text),
            heldAt: v.exactOptional(
                v.object({ ...frame.entries, liveBytes: count, blocks: count }),
            ),
        }),
        heap: v.exactOptional(heap),
        gc: v.exactOptional(
            v.object({ collections: count, allocations: count, allocatedBytes: count }),
        ),
    }),
]) satisfies v.GenericSchema<unknown, MemoryEvent>

/** Every kind there is has its shape above, all members of it: the type checker names what is missing. */
const everyKind: MemoryEvent extends v.InferOutput<typeof EventSchema> ? true : never = true
void everyKind

/** What kinds of events were called before, in recordings that stay readable. */
export const EARLIER_KINDS: ReadonlyMap<string, MemoryEvent["kind"]> = new Map([
    ["snapshot", "figures"],
])

/** The kinds of events this version knows. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(
    EventSchema.options.map(option => option.entries.kind.literal),
)
