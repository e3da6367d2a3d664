import { formatBytes, formatBytesExact, formatPercent, formatSigned } from "../../base/format-units"
import { change, type DiffReport } from "../../documents/diff-report"
import type { Conclusion } from "../../model/judgement"
import type { SnapshotView } from "./snapshot-view"

/** Live data beyond this share of the heap leaves no room for a bad day. */
const TIGHT_LIVE = 0.9
/** Free bytes in pieces: beyond this, a large request may find none. */
const BROKEN_UP = 0.5

/** What a snapshot comes to: how full the heap is, and who keeps most of it. */
export function concludeSnapshot(view: SnapshotView): Conclusion {
    const { heap, program, board, taken, places } = view.snapshot
    const [most] = view.byPath()
    const node = most?.nodes[0]
    const place =
        node && places[view.documentOf(node).grownAt ?? view.documentOf(node).allocatedAt ?? -1]
    const path = most && (most.nodes.length === 1 ? view.pathOf(node!) : view.patternOf(node!))
    const keeps = most
        ? `; ${path || node!.name} keeps ${formatBytes(most.retainedBytes)} of it`
        : ""
    const common = {
        ...(place && { at: { ...place, column: 1, function: node!.className } }),
        next: nextAfter(program.entry, board.id, taken),
    }
    if (heap.reach !== undefined)
        return {
            ...{
                severity: "good",
                headline: `about ${formatBytes(heap.liveBytes)} reached${keeps}`,
            },
            evidence: ["What is garbage or free the debugger cannot tell."],
            ...common,
        }
    const share = heap.liveBytes / heap.capacityBytes
    const fragmentation = heap.freeBytes > 0 ? 1 - heap.largestFreeBytes / heap.freeBytes : 0
    const isWorrying = share >= TIGHT_LIVE || fragmentation >= BROKEN_UP || taken.kind === "panic"
    return {
        severity: isWorrying ? "warning" : "good",
        headline: `${formatBytes(heap.liveBytes)} of ${formatBytes(heap.capacityBytes)} live (${formatPercent(share)})${keeps}`,
        evidence: [
            `The largest free block has ${formatBytesExact(heap.largestFreeBytes)} of ${formatBytesExact(heap.freeBytes)} free.`,
        ],
        ...common,
    }
}

/** What the difference of two snapshots comes to: whether the live heap grew, and what of it most. */
export function concludeDiff({ a, b, heap, grown }: DiffReport): Conclusion {
    const live = change(heap.liveBytes)
    const [most] = grown
    const growth = most && change(most.retainedBytes)
    const isGrowing = live > 0 && most !== undefined
    const what = `${formatSigned(live, formatBytesExact)} live`
    return {
        severity: isGrowing ? "warning" : "good",
        headline: most
            ? `${what}; ${most.path} keeps ${formatSigned(growth!, formatBytesExact)}`
            : `${what}; nothing that is in both keeps more than before`,
        evidence: most
            ? [
                  `It keeps ${formatBytesExact(most.retainedBytes[1])} now, ${formatBytesExact(most.retainedBytes[0])} before.`,
              ]
            : [],
        ...(most?.grownAt && { at: { ...most.grownAt, column: 1, function: most.class } }),
        next: isGrowing
            ? {
                  command: `heapscope sim ${b.program.entry} --board ${b.board.id} --leaks`,
                  why: "whether that ever stops",
              }
            : { command: `heapscope check ${a.program.entry}`, why: "so that it stays so" },
    }
}

function nextAfter(
    entry: string,
    board: string,
    { kind, atMs }: SnapshotView["snapshot"]["taken"],
): NonNullable<Conclusion["next"]> {
    if (kind === "panic")
        return {
            command: `heapscope sim ${entry} --board ${board} --for ${seconds(2 * atMs)} --advice`,
            why: "what ends it, in code",
        }
    return {
        command: `heapscope diff ${entry} --board ${board} --from ${seconds(atMs)} --to ${seconds(10 * atMs)}`,
        why: "what grows from here",
    }
}

/** As a flag has it, rounded up; a second at least. */
function seconds(ms: number): string {
    return `${Math.max(1, Math.ceil(ms / 1000))}s`
}
