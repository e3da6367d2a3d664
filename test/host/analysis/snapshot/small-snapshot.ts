import { SNAPSHOT_SCHEMA, type Snapshot } from "../../../../host/documents/snapshot"

/** Two objects, one of them garbage, on a heap of 100 bytes. */
export function small(): Snapshot {
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
                ...{ id: 2, kind: "global", class: "global", name: "a", address: 0, bytes: 0 },
                ...{ retainedBytes: 40, path: "a" },
                edges: [{ to: 3, kind: "variable", name: "value" }],
            },
            {
                ...{ id: 3, kind: "block", type: "buffer", class: "Buffer", name: "Buffer" },
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
