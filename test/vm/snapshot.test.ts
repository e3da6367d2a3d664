import { describe, expect, test } from "vitest"
import { diffSnapshots } from "../../host/analysis/snapshot/diff"
import { HeapHistory } from "../../host/analysis/snapshot/heap-history"
import { exactFigures } from "../../host/documents/snapshot"
import { graphOf, parseSnapshot } from "../../host/analysis/snapshot/snapshot-file"
import { sharesOf } from "../../host/analysis/snapshot/retained-shares"
import { SnapshotView } from "../../host/analysis/snapshot/snapshot-view"
import { takeSnapshots } from "../../host/tasks/take-snapshots"
import { build, runProgram, vm } from "./harness"
import { snapshotOf, snapshotsOf } from "./snapshots"

const KIB = 1024
const WASTEFUL = "devs/station/wasteful.ts"

describe("a snapshot", () => {
    test("at a time has the heap a run to that time ends with", async () => {
        const { report } = await runProgram(WASTEFUL, { forMs: 12_345 })
        const snapshot = await snapshotOf(WASTEFUL, 12_345)
        const { taken } = snapshot
        const heap = exactFigures(snapshot, "this")
        expect(taken).toEqual({ kind: "time", atMs: 12_345 })
        for (const figure of ["usedBytes", "liveBytes", "freeBytes", "largestFreeBytes"] as const)
            expect(heap[figure], figure).toBe(report.heap[figure])
        expect(heap.garbageBytes).toBe(heap.usedBytes - heap.liveBytes)
    })

    test("lists structures with what they have been worth, as the run's report does", async () => {
        const { report } = await runProgram("agent-worth", { forMs: 20_000 })
        const { structures = [] } = await snapshotOf("test/vm/programs/agent-worth.ts", 20_000)
        expect(structures).toEqual(report.structures)
        const worthOf = new Map(structures.map(({ name, worth }) => [name, worth]))
        const names = worthOf.get("names")!
        // Of so many texts three were new.
        expect(names).toMatchObject({ kind: "dedupe", savedBytes: names.hits * (9 + 6) })
        expect(names.asked - names.hits).toBe(3)
        const blocks = worthOf.get("blocks")!
        expect(blocks).toMatchObject({ kind: "reuse", wastedBytes: 6 * blocks.asked })
        expect([...worthOf.keys()]).toEqual(expect.arrayContaining(["orders", "prices", "queue"]))
    })

    test("at a panic has the heap of that moment", async () => {
        const { snapshots, report } = await snapshotsOf("die-leak", [{ kind: "panic" }])
        const { taken } = snapshots[0]!
        const heap = exactFigures(snapshots[0]!, "this")
        expect(taken).toMatchObject({ kind: "panic", panicCode: 60004, atMs: report.simulated.ms })
        expect(heap.usedBytes).toBe(report.heap.usedBytes)
        expect(heap.liveBytes).toBe(report.heap.liveBytes)
        expect(heap.largestFreeBytes).toBe(report.heap.largestFreeBytes)
    })

    test("at a text is taken inside the line that logs it, and only at the first", async () => {
        const { snapshots, report } = await snapshotsOf(WASTEFUL, [{ kind: "text", text: "#3 " }])
        const { taken, nodes } = snapshots[0]!
        const first = report.log.find(({ text }) => text.includes("#3 "))!
        expect(taken).toEqual({ kind: "text", atMs: first.atMs, text: first.text })
        // The function that logs has not returned.
        expect(nodes.filter(node => node.class.startsWith("frame of")).length).toBeGreaterThan(2)
    })

    test("that does not come is none", async () => {
        const { snapshots } = await snapshotsOf("die-leak", [
            { kind: "time", atMs: 1_000_000 },
            { kind: "text", text: "nobody says this" },
        ])
        expect(snapshots).toEqual([undefined, undefined])
    })

    test("of a program that has come to its end shows what it left", async () => {
        const { snapshots } = await snapshotsOf("live-ends", [{ kind: "time", atMs: 50_000 }])
        expect(snapshots[0]!.taken.atMs).toBe(50_000)
    })

    test("says where objects were made and where they grew", async () => {
        const { nodes, places } = await snapshotOf(WASTEFUL, 60_000)
        const history = nodes.find(({ path, kind }) => path === "history" && kind === "block")!
        expect(places[history.grownAt!]).toMatchObject({ file: "devs/station/wasteful.ts" })
        const order = nodes.find(({ path }) => path === "history[5]")!
        expect(places[order.allocatedAt!]!.file).toBe("devs/station/wasteful.ts")
    })

    test("comes back from its file as it was", async () => {
        const snapshot = await snapshotOf("graph-names", 1_000)
        const read = parseSnapshot(JSON.stringify(snapshot), "graph-names.json")
        expect(read).toEqual(snapshot)
        const view = new SnapshotView(read)
        for (const node of view.graph.nodes)
            expect(view.retention.retainedBy(node)).toBe(snapshot.nodes[node.id]!.retainedBytes)
        expect(graphOf(read).liveBytes).toBe(snapshot.heap.liveBytes)
    })
})

test("looking does not disturb: the run's report, log included, is the same with and without", async () => {
    const plain = await runProgram(WASTEFUL, { forMs: 90_000, heapBytes: 40 * KIB })
    const history = new HeapHistory()
    const looked = await takeSnapshots(
        vm,
        {
            program: await build(WASTEFUL),
            board: { id: "test", chip: "rp2040", heapBytes: 40 * KIB },
            seed: 1,
            forMs: 90_000,
            history,
        },
        [{ kind: "time", atMs: 1_234 }, { kind: "text", text: "#2 " }, { kind: "panic" }],
    )
    expect(looked.snapshots.filter(Boolean).length).toBe(3)
    expect(history.rows.length).toBeGreaterThan(100)
    const { wall: _, ...report } = looked.report
    const { wall: __, ...expected } = plain.report
    expect(report).toEqual(expected)
})

describe("shares", () => {
    test.each(["graph-names", WASTEFUL, "live-fibers", "die-closures"])(
        "of %s add up to the live bytes",
        async name => {
            const view = new SnapshotView(await snapshotOf(name, 5_000))
            const sum = sharesOf(view.graph).reduce((total, one) => total + one.retainedBytes, 0)
            expect(sum).toBe(view.graph.liveBytes)
        },
    )

    test("name the variable, not the calls that are at work on it as the program dies", async () => {
        const { snapshots } = await snapshotsOf(WASTEFUL, [{ kind: "panic" }], { forMs: 600_000 })
        const graph = graphOf(snapshots[0]!)
        const shares = sharesOf(graph)
        expect(shares[0]).toMatchObject({ name: "history", className: "Array" })
        expect(shares[0]!.retainedBytes).toBeGreaterThan(0.7 * graph.liveBytes)
        const sum = shares.reduce((total, one) => total + one.retainedBytes, 0)
        expect(sum).toBe(graph.liveBytes)
    })

    test("tell what a variable keeps alone from what it only reaches", async () => {
        const shares = sharesOf(graphOf(await snapshotOf("graph-names", 1_000)))
        const share = (name: string) => shares.find(one => one.name === name)!
        // The dog is held by its method, too.
        expect(share("dog").retainedBytes).toBe(0)
        expect(share("dog").reachedBytes).toBeGreaterThan(200)
        // 80 characters behind a header, sizes, a table of 5 offsets, and a NUL.
        expect(share("long")).toMatchObject({ className: "string", retainedBytes: 100 })
    })
})

describe("the difference of two moments of one run", () => {
    const between = async (name: string, from: number, to: number) => {
        const { snapshots } = await snapshotsOf(name, [
            { kind: "time", atMs: from },
            { kind: "time", atMs: to },
        ])
        const [a, b] = snapshots.map(snapshot => new SnapshotView(snapshot!))
        return { diff: diffSnapshots(a!, b!), a: a!, b: b! }
    }

    test("names the container that grew, by how many, and the line", async () => {
        const { diff } = await between("diff-grows", 1_000, 3_000)
        expect(diff.sameRun).toBe(true)
        // One reading of a time and a text each 100 ms.
        expect(diff.grown[0]).toMatchObject({
            path: "readings",
            class: "Array",
            grownAt: { file: "test/vm/programs/diff-grows.ts", line: 9 },
        })
        const [before, after] = diff.grown[0]!.length!
        expect(after - before).toBe(20)
        expect(diff.byPath.find(({ path }) => path === "readings[]")).toMatchObject({
            class: "{time, text}",
            objects: [before, after],
            new: 20,
            gone: 0,
        })
    })

    test("tells replaced objects from kept ones, where their number stays", async () => {
        const { diff } = await between("diff-grows", 1_000, 3_000)
        const recent = diff.byPath.find(({ path }) => path === "recent[]")!
        expect(recent).toMatchObject({ objects: [5, 5], new: 5, gone: 5 })
        expect(diff.byPath.map(({ path }) => path)).not.toContain("constant")
    })

    test("accounts for every byte", async () => {
        const { diff, a, b } = await between(WASTEFUL, 5_000, 40_000)
        const { objects, heap } = diff
        const change = objects.new.bytes - objects.gone.bytes
        const kept = objects.kept.bytes[1] - objects.kept.bytes[0]
        expect(change + kept).toBe(heap.liveBytes[1] - heap.liveBytes[0] - tables(a, b))
        const byClass = diff.byClass.reduce((sum, { bytes }) => sum + bytes[1] - bytes[0], 0)
        expect(byClass).toBe(change + kept)
    })

    test("of one moment and itself is nothing", async () => {
        const view = new SnapshotView(await snapshotOf(WASTEFUL, 5_000))
        const { grown, byClass, byPath, objects } = diffSnapshots(view, view)
        expect([grown, byClass, byPath]).toEqual([[], [], []])
        expect([objects.new.objects, objects.gone.objects]).toEqual([0, 0])
    })
})

/** Change of the VM's tables that are groups and no objects. */
function tables(a: SnapshotView, b: SnapshotView): number {
    const sum = (view: SnapshotView) =>
        view.graph.nodes
            .filter(({ kind }) => kind === "group")
            .reduce((total, { bytes }) => total + bytes, 0)
    return sum(b) - sum(a)
}

test("two programs are compared by path and class", async () => {
    const [a, b] = await Promise.all([
        snapshotOf(WASTEFUL, 20_000),
        snapshotOf("devs/station/main.ts", 20_000),
    ])
    const diff = diffSnapshots(new SnapshotView(a), new SnapshotView(b))
    expect(diff.sameRun).toBe(false)
    const order = diff.byClass.find(one => one.class.startsWith("{id, place"))!
    expect(order.objects[1]).toBe(0)
    expect(order.gone).toBe(order.objects[0])
    expect(diff.byClass.find(one => one.class === "Kitchen")!.objects).toEqual([0, 1])
})

describe("a history", () => {
    test.each([1_000, 20_000, 100_000])("of %i ms has evenly spaced rows", async forMs => {
        const history = new HeapHistory()
        await takeSnapshots(
            vm,
            {
                program: await build("live-objects"),
                board: { id: "test", chip: "rp2040", heapBytes: 16 * KIB },
                seed: 1,
                forMs,
                history,
            },
            [{ kind: "time", atMs: forMs }],
        )
        const times = history.rows.map(({ atMs }) => atMs)
        expect(times.length).toBeGreaterThan(60)
        expect(times.length).toBeLessThanOrEqual(320)
        expect(times.at(-1)).toBe(forMs)
        const steps = times.slice(1, -1).map((at, i) => at - times[i]!)
        expect(new Set(steps).size).toBe(1)
        for (const row of history.rows)
            expect(row.liveBytes + row.garbageBytes + row.freeBytes).toBe(16 * KIB - 12)
    })
})
