import * as v from "valibot"

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const text = v.pipe(v.string(), v.maxLength(400))

/** What is known of a board that died: what `fleet --incidents` writes and `sim --as` reads. */
export const IncidentSchema = v.object({
    schema: v.literal("heapscope/incident@1"),
    board: v.object({
        /** What it is called in the fleet. */
        name: text,
        /** Which board it is. */
        id: text,
        heapBytes: count,
    }),
    program: v.object({
        entry: text,
        /** SHA-256 of its bytecode, in hex, where the board told it. */
        sha256: v.optional(text),
    }),
    /** Name of the panic; `unheard` when nobody heard it die, and the board does not say: it began anew. */
    cause: text,
    /** `DEVS_PANIC_*`; absent when nobody heard it. */
    panicCode: v.optional(count),
    /** What an unhandled exception said. */
    exception: v.optional(text),
    /** Innermost line of the program, `file:line:column`, where the log named it. */
    place: v.optional(text),
    /** Milliseconds from its start to its death; of one that nobody heard, to its last report, or the last one that the board kept. */
    uptimeMs: count,
    /** When that was, in milliseconds since 1970. */
    atMs: count,
    /** Its last samples, oldest first. Times are milliseconds since its start. */
    samples: v.array(
        v.object({
            atMs: count,
            usedBytes: count,
            liveBytes: count,
            largestFreeBytes: count,
        }),
    ),
    /**
     * The last report that the board itself kept, and told of at its next start: how long it had run, and how
     * far up its heap was filled then, garbage included.
     */
    kept: v.optional(v.object({ uptimeMs: count, filledBytes: v.optional(count) })),
})

export type Incident = v.InferOutput<typeof IncidentSchema>
