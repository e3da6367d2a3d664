import * as v from "valibot"
import { UserError } from "../../base/errors"
import { fromHex } from "../../base/hex"
import { issueText } from "../../base/issue-text"
import { shorten } from "../../base/shorten"
import type { HeapGraph } from "../../model/graph/graph"
import { SNAPSHOT_SCHEMA, SnapshotSchema, type Snapshot } from "../../documents/snapshot"

/** Parses and checks a snapshot. @throws UserError naming the file */
export function parseSnapshot(json: string, name: string): Snapshot {
    let data: unknown
    try {
        data = JSON.parse(json)
    } catch {
        throw new UserError("E_SNAPSHOT", `${name} is not a snapshot: it is not JSON. ${MAKE_ONE}`)
    }
    const schema = (data as { schema?: unknown } | null)?.schema
    if (schema !== SNAPSHOT_SCHEMA)
        throw new UserError(
            "E_SNAPSHOT",
            `${name} is not a snapshot: its schema is ${say(schema)}. ${MAKE_ONE}`,
        )
    const result = v.safeParse(SnapshotSchema, data, { abortEarly: true })
    if (!result.success) throw damaged(name, issueText(result.issues[0]))
    const fault = contradiction(result.output)
    if (fault) throw damaged(name, fault)
    return result.output
}

const MAKE_ONE = "Make one with `heapscope snapshot --out <file>`."

function damaged(name: string, what: string): UserError {
    return new UserError("E_SNAPSHOT", `${name} is damaged: ${what}. Make it again.`)
}

function say(schema: unknown): string {
    return typeof schema === "string" ? JSON.stringify(shorten(schema, 60)) : "missing"
}

/** More than any run gets to: a million in a second, for thirty years. */
const MAX_ALLOCATIONS = 1e15

/** What the parts of a snapshot say against each other, if anything. */
function contradiction({ nodes, heap, places, blocks }: Snapshot): string | undefined {
    for (const [
        i,
        { id, kind, edges, allocation = 0, allocatedAt = 0, grownAt = 0 },
    ] of nodes.entries()) {
        if (id !== i) return `node ${i} says it is ${id}`
        if ((kind === "root") !== (i === 0)) return `node ${i} is ${kind}, and node 0 is the root`
        if (kind === "global" && edges.length !== 1) return `variable ${i} holds ${edges.length}`
        if (edges.some(({ to }) => to >= nodes.length)) return `node ${i} refers to one that is not`
        if (kind === "global" && nodes[edges[0]!.to]!.kind === "global")
            return `variable ${i} holds a variable`
        if (edges.some(one => one.kind === "element" && !/^\d{1,9}$/.test(one.name)))
            return `node ${i} has an element without an index`
        if (allocation > MAX_ALLOCATIONS) return `node ${i} has allocation ${allocation}`
        const place = Math.max(allocatedAt, grownAt)
        if (place > 0 && place >= places.length) return `node ${i} has a place that is not`
    }
    const live = nodes.reduce((sum, { bytes }) => sum + bytes, 0)
    if (live !== heap.liveBytes) return `${live} bytes in its nodes, ${heap.liveBytes} in its heap`
    const all = blocks.reduce((sum, [, bytes]) => sum + bytes, 0)
    if (heap.reach !== undefined)
        return all === 0 ? undefined : `${all} bytes in its blocks, which nobody has seen`
    if (all !== heap.capacityBytes)
        return `${all} bytes in its blocks, ${heap.capacityBytes} in its heap`
    return undefined
}

/** The graph of a snapshot, as it was read off the heap. */
export function graphOf({ nodes, blocks, heap }: Snapshot): HeapGraph {
    return {
        nodes: nodes.map(node => ({
            id: node.id,
            kind: node.kind,
            type: node.type,
            address: node.address,
            bytes: node.bytes,
            className: node.class,
            name: node.name,
            isRuntime: node.runtime ?? false,
            ...(node.storage && { storage: node.storage }),
            ...(node.length !== undefined && { length: node.length }),
            ...(node.capacity !== undefined && { capacity: node.capacity }),
            ...(node.text !== undefined && { text: node.text }),
            ...(node.hex !== undefined && { data: fromHex(node.hex) }),
            ...(node.allocation !== undefined && { allocation: node.allocation }),
            edges: node.edges.map(({ function: functionName, ...edge }) => ({
                ...edge,
                ...(functionName !== undefined && { functionName }),
            })),
        })),
        usedBytes: heap.reach === undefined ? heap.usedBytes : heap.liveBytes,
        liveBytes: heap.liveBytes,
        garbage: blocks
            .filter(([, , , state]) => state === "garbage")
            .map(([address, bytes, type]) => ({
                address,
                bytes,
                type,
                pinned: false,
                live: false,
            })),
    }
}
