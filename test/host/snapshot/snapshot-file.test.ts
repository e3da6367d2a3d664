import { describe, expect, test } from "vitest"
import { UserError } from "../../../host/errors"
import { SNAPSHOT_SCHEMA, type Snapshot } from "../../../host/snapshot/snapshot"
import { graphOf, parseSnapshot, readSnapshot } from "../../../host/snapshot/snapshot-file"

/** Two objects, one of them garbage, on a heap of 100 bytes. */
function small(): Snapshot {
    const root = { address: 0, bytes: 0, runtime: true as const, retainedBytes: 40, path: "" }
    return {
        schema: SNAPSHOT_SCHEMA,
        program: { entry: "a.ts", bytecodeBytes: 10, sha256: "00" },
        board: { id: "test", chip: "rp2040", heapBytes: 112 },
        vm: { version: "2.16.4" },
        seed: 1,
        taken: { kind: "time", atMs: 1000 },
        heap: {
            capacityBytes: 100,
            usedBytes: 60,
            liveBytes: 40,
            runtimeBytes: 0,
            garbageBytes: 20,
            freeBytes: 40,
            largestFreeBytes: 40,
            garbageByType: { string: { blocks: 1, bytes: 20 } },
        },
        places: [{ function: "main", file: "a.ts", line: 1, column: 1 }],
        nodes: [
            {
                ...{ id: 0, kind: "root", class: "root", name: "root", ...root },
                edges: [{ to: 1, kind: "internal", name: "globals" }],
            },
            {
                ...{ id: 1, kind: "group", class: "group", name: "globals", ...root },
                edges: [{ to: 2, kind: "variable", name: "a" }],
            },
            {
                ...{ id: 2, kind: "block", type: "buffer", class: "Buffer", name: "Buffer" },
                ...{ address: 1000, bytes: 40, retainedBytes: 40, path: "a", hex: "00ff" },
                ...{ allocatedAt: 0, allocation: 7, length: 28, edges: [] },
            },
        ],
        blocks: [
            [1000, 40, "buffer", "live"],
            [1040, 20, "string", "garbage"],
            [1060, 40, "free", "free"],
        ],
    }
}

test("a sound one is read as it was written", () => {
    expect(parseSnapshot(JSON.stringify(small()), "a.json")).toEqual(small())
    const graph = graphOf(small())
    expect(graph.nodes[2]).toMatchObject({ className: "Buffer", allocation: 7 })
    expect([...graph.nodes[2]!.data!]).toEqual([0, 255])
    expect(graph.garbage.map(({ address }) => address)).toEqual([1040])
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
        ["a list", "[]", /its schema is missing/],
        ["another document", '{"schema":"heapscope/sim-report@1"}', /"heapscope\/sim-report@1"/],
        ["a later version", '{"schema":"heapscope/snapshot@2"}', /"heapscope\/snapshot@2"/],
        ["cut short", JSON.stringify(small()).slice(0, -20), /not JSON/],
        ["without nodes", change(s => void (s.nodes = [])), /damaged: nodes/],
        ["with a negative size", change(s => void (s.nodes[2]!.bytes = -4)), /nodes\.2\.bytes/],
        ["with wrong ids", change(s => void (s.nodes[2]!.id = 1)), /node 2 says it is 1/],
        [
            "with an edge to nowhere",
            change(s => void (s.nodes[1]!.edges[0]!.to = 3)),
            /node 1 refers to one that is not/,
        ],
        [
            "with a place that is not",
            change(s => void (s.nodes[2]!.allocatedAt = 1)),
            /node 2 has a place that is not/,
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
