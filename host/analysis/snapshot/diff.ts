import type { GraphNode } from "../../model/graph/graph"
import type { Snapshot } from "../../documents/snapshot"
import {
    change,
    DIFF_SCHEMA,
    type ChangedGroup,
    type DiffReport,
    type DiffSide,
} from "../../documents/diff-report"
import { grownObjects } from "./grown-objects"
import { isSameRun, matchObjects, type Match } from "./match-objects"
import type { Holding, SnapshotView } from "./snapshot-view"

/** What changed from one snapshot to another. */
export function diffSnapshots(before: SnapshotView, after: SnapshotView): DiffReport {
    const [a, b] = [before.snapshot, after.snapshot]
    const sameRun = isSameRun(a, b)
    const match = matchObjects(before, after, sameRun)
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
        heap: diffHeaps(a.heap, b.heap),
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

function diffHeaps(a: Snapshot["heap"], b: Snapshot["heap"]): DiffReport["heap"] {
    const liveBytes: [number, number] = [a.liveBytes, b.liveBytes]
    if (a.reach !== undefined || b.reach !== undefined) return { liveBytes }
    return {
        usedBytes: [a.usedBytes, b.usedBytes],
        liveBytes,
        garbageBytes: [a.garbageBytes, b.garbageBytes],
        freeBytes: [a.freeBytes, b.freeBytes],
        largestFreeBytes: [a.largestFreeBytes, b.largestFreeBytes],
    }
}

function sideOf({ program, board, seed, taken }: Snapshot): DiffSide {
    return { program, board, seed, taken }
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
