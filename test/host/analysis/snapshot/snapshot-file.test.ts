import { describe, expect, test } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { diffSnapshots } from "../../../../host/analysis/snapshot/diff"
import { exactFigures, type Snapshot } from "../../../../host/documents/snapshot"
import { graphOf, parseSnapshot } from "../../../../host/analysis/snapshot/snapshot-file"
import { readSnapshot } from "../../../../host/tasks/read-snapshot"
import { SnapshotView } from "../../../../host/analysis/snapshot/snapshot-view"
import { small } from "./small-snapshot"

test("a sound one is read as it was written", () => {
    expect(parseSnapshot(JSON.stringify(small()), "a.json")).toEqual(small())
    const graph = graphOf(small())
    expect(graph.nodes[3]).toMatchObject({ className: "Buffer", allocation: 7 })
    expect([...graph.nodes[3]!.data!]).toEqual([0, 255])
    expect(graph.garbage.map(({ address }) => address)).toEqual([1040])
})

describe("one of what the debugger can reach", () => {
    const reached = (): Snapshot => ({
        ...small(),
        heap: { reach: "debugger", liveBytes: 40, runtimeBytes: 0, unread: 0 },
        blocks: [],
    })

    test("is read as it was written, and says nothing of garbage", () => {
        const read = parseSnapshot(JSON.stringify(reached()), "a.json")
        expect(read).toEqual(reached())
        expect(graphOf(read)).toMatchObject({ liveBytes: 40, usedBytes: 40, garbage: [] })
        expect(() => exactFigures(read, "The map")).toThrow(/The map needs the exact heap/)
    })

    test("differs from another in what lives alone", () => {
        const views = [reached(), small()].map(snapshot => new SnapshotView(snapshot))
        expect(diffSnapshots(views[0]!, views[1]!).heap).toEqual({ liveBytes: [40, 40] })
    })

    test("has no blocks, and no other reach", () => {
        const blocks = { ...reached(), blocks: small().blocks }
        expect(() => parseSnapshot(JSON.stringify(blocks), "a.json")).toThrow(/nobody has seen/)
        const other = { ...reached(), heap: { ...reached().heap, reach: "guess" } }
        expect(() => parseSnapshot(JSON.stringify(other), "a.json")).toThrow(/heap\.reach/)
    })
})

describe("one that is no snapshot is refused with one message that names it:", () => {
    const change = (edit: (snapshot: Snapshot) => void): string => {
        const snapshot = small()
        edit(snapshot)
        return JSON.stringify(snapshot)
    }
    test.each<[string, string, RegExp]>([
        ["text", "hello", /a\.json is not a snapshot: it is not JSON/],
        ["nothing", "", /not JSON/],
        ["null", "null", /its schema is missing/],
        ["nothing else", '{"schema":"heapscope/snapshot@1"}', /is damaged: program: is missing/],
        ["a list", "[]", /its schema is missing/],
        ["another document", '{"schema":"heapscope/sim-report@1"}', /"heapscope\/sim-report@1"/],
        ["a later version", '{"schema":"heapscope/snapshot@2"}', /"heapscope\/snapshot@2"/],
        ["cut short", JSON.stringify(small()).slice(0, -20), /not JSON/],
        ["without nodes", change(s => void (s.nodes = [])), /damaged: nodes/],
        ["with a negative size", change(s => void (s.nodes[3]!.bytes = -4)), /nodes\.3\.bytes/],
        ["with wrong ids", change(s => void (s.nodes[2]!.id = 1)), /node 2 says it is 1/],
        [
            "with an edge to nowhere",
            change(s => void (s.nodes[1]!.edges[0]!.to = 4)),
            /node 1 refers to one that is not/,
        ],
        [
            "with a place that is not",
            change(s => void (s.nodes[3]!.allocatedAt = 1)),
            /node 3 has a place that is not/,
        ],
        [
            "with a variable that holds a variable",
            change(s => void (s.nodes[2]!.edges[0]!.to = 2)),
            /variable 2 holds a variable/,
        ],
        [
            "with an element that has a name",
            change(s => void (s.nodes[1]!.edges[0]!.kind = "element")),
            /node 1 has an element without an index/,
        ],
        [
            "with more allocations than any run",
            change(s => void (s.nodes[3]!.allocation = 2 ** 52)),
            /node 3 has allocation 4503599627370496/,
        ],
        [
            "with an empty variable",
            change(s => void (s.nodes[2]!.edges = [])),
            /variable 2 holds 0/,
        ],
        [
            "with two roots",
            change(s => void (s.nodes[1]!.kind = "root")),
            /node 1 is root, and node 0 is the root/,
        ],
        [
            "with sums that differ",
            change(s => void (s.heap.liveBytes = 44)),
            /40 bytes in its nodes, 44 in its heap/,
        ],
        ["with a block missing", change(s => void s.blocks.pop()), /60 bytes in its blocks/],
    ])("%s", (_what, json, message) => {
        expect(() => parseSnapshot(json, "a.json")).toThrow(UserError)
        expect(() => parseSnapshot(json, "a.json")).toThrow(message)
        expect(() => parseSnapshot(json, "a.json")).toThrow(/a\.json/)
    })

    test("a missing file", () => {
        expect(() => readSnapshot("/nowhere/a.json", "a.json")).toThrow(/a\.json cannot be read/)
    })
})
