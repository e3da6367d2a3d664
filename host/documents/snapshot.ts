import * as v from "valibot"
import { UserError } from "../base/errors"
import { BLOCK_TYPES } from "../model/heap/block"
import { structureFigures } from "./structure-figures"

/**
 * What was on a heap at one moment and what held it: a file of its own, JSON, that `heapscope snapshot`
 * writes and `heapscope diff` reads back. Bytes are exact, unless its `heap` has a `reach`; addresses
 * are those of the board.
 */
export const SNAPSHOT_SCHEMA = "heapscope/snapshot@1"

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = v.string()
const blockType = v.picklist(BLOCK_TYPES)

const edge = v.object({
    to: count,
    kind: v.picklist(["property", "element", "variable", "key", "internal"]),
    name: text,
    /** The function, when the reference is one that keeps its frame or its `this`. */
    function: v.optional(text),
})

const node = v.object({
    id: count,
    kind: v.picklist(["root", "group", "global", "block"]),
    type: v.optional(blockType),
    address: count,
    /** Its block and the block of its storage, headers included. */
    bytes: count,
    storage: v.optional(v.object({ address: count, bytes: count })),
    class: text,
    name: text,
    /** The VM's own, not the program's. */
    runtime: v.optional(v.literal(true)),
    /** What would be freed with it. */
    retainedBytes: count,
    /** The way to it from a variable of the program or, if none leads there, from the VM. */
    path: text,
    text: v.optional(text),
    /** The first bytes of a buffer. */
    hex: v.optional(v.pipe(text, v.regex(/^([0-9a-f]{2})*$/))),
    length: v.optional(count),
    capacity: v.optional(count),
    /** Entries that hold no block: name and kind. */
    scalars: v.optional(v.array(v.tuple([text, text]))),
    /** Which allocation of the run made it: its identity within the run. */
    allocation: v.optional(count),
    /** Index in `places` of the line that allocated it, and of the one that last made it grow. */
    allocatedAt: v.optional(count),
    grownAt: v.optional(count),
    edges: v.array(edge),
})

const place = v.object({ function: text, file: text, line: count, column: count })

const structure = structureFigures(count)

/** Address, bytes, type, and whether it is live, held by the VM itself, garbage or free. */
const block = v.tuple([count, count, blockType, v.picklist(["live", "pinned", "garbage", "free"])])

const byType = v.record(text, v.object({ blocks: count, bytes: count }))

const exactHeap = v.object({
    /** Only of a heap that the debugger leads through. */
    reach: v.optional(v.undefined()),
    capacityBytes: count,
    usedBytes: count,
    /** Of it, `runtimeBytes` are the VM's own. */
    liveBytes: count,
    runtimeBytes: count,
    garbageBytes: count,
    freeBytes: count,
    largestFreeBytes: count,
    garbageByType: byType,
})

/**
 * What the firmware's debugger leads to in a program without the agent. All bytes are worked out from
 * lengths, not read; what is garbage or free cannot be known. Objects that the VM keeps for itself are
 * as a simulator has them, with no address.
 */
const reachableHeap = v.object({
    reach: v.literal("debugger"),
    liveBytes: count,
    runtimeBytes: count,
    /** Objects that were met, but not looked into: there were too many. */
    unread: count,
})

function isReached(heap: unknown): boolean {
    return (heap as { reach?: unknown } | null | undefined)?.reach !== undefined
}

export const SnapshotSchema = v.object({
    schema: v.literal(SNAPSHOT_SCHEMA),
    program: v.object({ entry: text, bytecodeBytes: count, sha256: text }),
    board: v.object({ id: text, chip: text, heapBytes: count }),
    vm: v.object({ version: text }),
    /** Seed of the run: the same program, board and seed make the same run. None of a real board's. */
    seed: v.optional(count),
    taken: v.object({
        kind: v.picklist(["time", "text", "panic", "allocation", "collection"]),
        /** Simulated time; of a real board, the time since it was started. */
        atMs: v.pipe(v.number(), v.minValue(0)),
        /** Of the log line. */
        text: v.optional(text),
        /** Of the allocation, whose block nothing holds yet, or of the collection: counted from 1. */
        number: v.optional(count),
        panicCode: v.optional(count),
    }),
    heap: v.lazy(heap => (isReached(heap) ? reachableHeap : exactHeap)),
    /** The library's structures, by how the program reaches them. */
    structures: v.optional(v.array(structure)),
    places: v.array(place),
    nodes: v.pipe(v.array(node), v.minLength(1)),
    /** Every block of the heap, free ones too, in order of address; none of one that has a `reach`. */
    blocks: v.array(block),
})

export type Snapshot = v.InferOutput<typeof SnapshotSchema>
/** The figures of a heap whose every block is known. */
export type ExactHeapFigures = v.InferOutput<typeof exactHeap>
export type ReachableHeapFigures = v.InferOutput<typeof reachableHeap>
export type SnapshotNode = Snapshot["nodes"][number]
export type SnapshotBlock = Snapshot["blocks"][number]

/** The figures of a snapshot that has them all. @param what needs them, for the message */
export function exactFigures({ heap }: Snapshot, what: string): ExactHeapFigures {
    if (heap.reach === undefined) return heap
    throw new UserError(
        "E_NO_AGENT",
        `${what} needs the exact heap, of which the debugger tells only what it can reach: link the agent with the program, and deploy it again.`,
    )
}
