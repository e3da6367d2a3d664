import type { GraphNode } from "../heap/graph"
import type { Snapshot } from "./snapshot"
import type { Holding, SnapshotView } from "./snapshot-view"

/** The difference of two snapshots, what `heapscope diff --json` prints. Pairs are before and after. */
export const DIFF_SCHEMA = "heapscope/diff@1"

export interface DiffReport {
    schema: typeof DIFF_SCHEMA
    a: DiffSide
    b: DiffSide
    /**
     * Both are of the same program on the same board with the same seed, which makes the same run: then
     * objects are told apart by their place and allocation, else by their path and class.
     */
    sameRun: boolean
    /** Bytes. */
    heap: Record<
        "usedBytes" | "liveBytes" | "garbageBytes" | "freeBytes" | "largestFreeBytes",
        [number, number]
    >
    /** Objects that are only in the second, only in the first, or in both. */
    objects: {
        new: ObjectCount
        gone: ObjectCount
        kept: { objects: number; bytes: [number, number] }
    }
    /** Objects in both that keep more than before, the most first; without those that only hold one of them. */
    grown: GrownObject[]
    /** By class, largest change first; without those that are the same. */
    byClass: ChangedGroup[]
    /** By how they are held and by class, largest change first; without those that are the same. */
    byPath: (ChangedGroup & { path: string })[]
}

export type DiffSide = Pick<Snapshot, "program" | "board" | "seed" | "taken">

export interface ObjectCount {
    objects: number
    bytes: number
}

export interface GrownObject {
    path: string
    class: string
    /** Elements, entries, characters or bytes in it. */
    length?: [number, number]
    bytes: [number, number]
    retainedBytes: [number, number]
    /** The line that last made it grow. */
    grownAt?: Snapshot["places"][number]
}

export interface ChangedGroup {
    class: string
    objects: [number, number]
    bytes: [number, number]
    retainedBytes: [number, number]
    /** Objects only in the second, and only in the first. */
    new: number
    gone: number
}

/** A container that grew by this share through one object in it is not told of beside that one. */
const EXPLAINED = 0.9

/** What changed from one snapshot to another. */
export function diffSnapshots(before: SnapshotView, after: SnapshotView): DiffReport {
    const [a, b] = [before.snapshot, after.snapshot]
    const sameRun = isSameRun(a, b)
    const match = matchObjects(before, after, sameRun)
    const pair = <T>(of: (snapshot: Snapshot) => T): [T, T] => [of(a), of(b)]
    const count = (nodes: readonly GraphNode[]) => ({
        objects: nodes.length,
        bytes: nodes.reduce((sum, { bytes }) => sum + bytes, 0),
    })
    const kept = after.objects.filter(node => match.before.has(node))
    return {
        schema: DIFF_SCHEMA,
        a: sideOf(a),
        b: sideOf(b),
        sameRun,
        heap: {
            usedBytes: pair(({ heap }) => heap.usedBytes),
            liveBytes: pair(({ heap }) => heap.liveBytes),
            garbageBytes: pair(({ heap }) => heap.garbageBytes),
            freeBytes: pair(({ heap }) => heap.freeBytes),
            largestFreeBytes: pair(({ heap }) => heap.largestFreeBytes),
        },
        objects: {
            new: count(after.objects.filter(node => !match.before.has(node))),
            gone: count(before.objects.filter(node => !match.after.has(node))),
            kept: {
                objects: kept.length,
                bytes: [count(kept.map(node => match.before.get(node)!)).bytes, count(kept).bytes],
            },
        },
        grown: grownObjects(before, after, match),
        byClass: changedGroups(before.byClass(), after.byClass(), match).map(
            ({ key: _, ...group }) => group,
        ),
        byPath: changedGroups(before.byPath(), after.byPath(), match).map(({ key, ...group }) => ({
            path: key.slice(0, key.indexOf("\n")),
            ...group,
        })),
    }
}

function sideOf({ program, board, seed, taken }: Snapshot): DiffSide {
    return { program, board, seed, taken }
}

/** Which object of one snapshot is which of the other. */
interface Match {
    /** By an object of the second. */
    before: ReadonlyMap<GraphNode, GraphNode>
    /** By an object of the first. */
    after: ReadonlyMap<GraphNode, GraphNode>
}

function isSameRun(a: Snapshot, b: Snapshot): boolean {
    return (
        a.program.sha256 === b.program.sha256 &&
        a.board.heapBytes === b.board.heapBytes &&
        a.vm.version === b.vm.version &&
        a.seed === b.seed
    )
}

function matchObjects(before: SnapshotView, after: SnapshotView, sameRun: boolean): Match {
    const key = (view: SnapshotView, node: GraphNode): string =>
        sameRun && node.allocation !== undefined
            ? `${node.address} ${node.allocation}`
            : `${view.pathOf(node)}\n${node.className}`
    const known = new Map(before.objects.map(node => [key(before, node), node]))
    const match = {
        before: new Map<GraphNode, GraphNode>(),
        after: new Map<GraphNode, GraphNode>(),
    }
    for (const node of after.objects) {
        const old = known.get(key(after, node))
        if (!old || match.after.has(old)) continue
        match.before.set(node, old)
        match.after.set(old, node)
    }
    return match
}

function grownObjects(before: SnapshotView, after: SnapshotView, match: Match): GrownObject[] {
    const growth = new Map<GraphNode, number>()
    for (const [node, old] of match.before) {
        const bytes = after.retention.retainedBy(node) - before.retention.retainedBy(old)
        if (bytes > 0) growth.set(node, bytes)
    }
    // What grew only because of one object that it holds says nothing that this one does not say.
    const explained = new Set<number>()
    for (const [node, bytes] of growth)
        for (
            let id = after.retention.dominator[node.id]!;
            id !== -1;
            id = after.retention.dominator[id]!
        ) {
            const above = growth.get(after.graph.nodes[id]!)
            if (above !== undefined && bytes >= EXPLAINED * above) explained.add(id)
        }
    return [...growth]
        .filter(([node]) => !explained.has(node.id))
        .sort(([a, x], [b, y]) => y - x || a.id - b.id)
        .map(([node]) => describeGrown(before, after, match.before.get(node)!, node))
}

function describeGrown(
    before: SnapshotView,
    after: SnapshotView,
    old: GraphNode,
    node: GraphNode,
): GrownObject {
    const { grownAt } = after.documentOf(node)
    return {
        path: after.pathOf(node),
        class: node.className,
        ...(node.length !== undefined && { length: [old.length ?? 0, node.length] }),
        bytes: [old.bytes, node.bytes],
        retainedBytes: [before.retention.retainedBy(old), after.retention.retainedBy(node)],
        ...(grownAt !== undefined && { grownAt: after.snapshot.places[grownAt]! }),
    }
}

function changedGroups(
    before: readonly Holding[],
    after: readonly Holding[],
    match: Match,
): (ChangedGroup & { key: string })[] {
    const old = new Map(before.map(holding => [holding.key, holding]))
    const keys = new Set([...old.keys(), ...after.map(({ key }) => key)])
    const now = new Map(after.map(holding => [holding.key, holding]))
    return [...keys]
        .map(key => describeGroup(key, old.get(key), now.get(key), match))
        .filter(
            group =>
                group.new > 0 ||
                group.gone > 0 ||
                change(group.bytes) !== 0 ||
                change(group.retainedBytes) !== 0,
        )
        .sort(
            (a, b) =>
                Math.abs(change(b.bytes)) - Math.abs(change(a.bytes)) || (a.key < b.key ? -1 : 1),
        )
}

function describeGroup(
    key: string,
    old: Holding | undefined,
    now: Holding | undefined,
    match: Match,
): ChangedGroup & { key: string } {
    const nodes = { old: old?.nodes ?? [], now: now?.nodes ?? [] }
    return {
        key,
        class: (nodes.now[0] ?? nodes.old[0]!).className,
        objects: [nodes.old.length, nodes.now.length],
        bytes: [old?.bytes ?? 0, now?.bytes ?? 0],
        retainedBytes: [old?.retainedBytes ?? 0, now?.retainedBytes ?? 0],
        new: nodes.now.filter(node => !match.before.has(node)).length,
        gone: nodes.old.filter(node => !match.after.has(node)).length,
    }
}

/** By how much a pair changed. */
export function change([before, after]: readonly [number, number]): number {
    return after - before
}
