import type { HeapBlock } from "../../../../host/model/heap/block"
import type { Sample, SimReport } from "../../../../host/documents/sim-report"

export const HEAP_START = 0x21f8
const CAPACITY = 65_524

/** Samples of a sawtooth over live bytes that rise by `leakPerSample`. */
export function sawtooth(count: number, leakPerSample: number, stepMs = 100): Sample[] {
    return Array.from({ length: count }, (_, i) => {
        const liveBytes = 3108 + i * leakPerSample
        const usedBytes = Math.min(CAPACITY, liveBytes + (i % 14) * 1200)
        return {
            atMs: i * stepMs,
            usedBytes,
            liveBytes,
            freeBytes: CAPACITY - usedBytes,
            largestFreeBytes: Math.floor((CAPACITY - usedBytes) / 2),
            collections: Math.floor(i / 14),
            allocations: i * 20,
            allocatedBytes: i * 1200,
        }
    })
}

/** A heap of 65,524 B: live blocks, garbage, and holes of 4,000 B and 11,000 B. */
export function sampleBlocks(): HeapBlock[] {
    const blocks: HeapBlock[] = []
    let address = HEAP_START
    const add = (type: HeapBlock["type"], bytes: number, live = true): void => {
        blocks.push({ address, bytes, type, pinned: false, live: type !== "free" && live })
        address += bytes
    }
    add("bytes", 20_000)
    add("map", 8000)
    add("free", 4000)
    add("string", 6000)
    add("activation", 9000, false)
    add("free", 11_000)
    add("array", HEAP_START + CAPACITY - address)
    return blocks
}

/** A run that ended well: ten seconds, flat. */
export function steadyReport(): SimReport {
    return {
        schema: "heapscope/sim-report@1",
        heapscope: { version: "0.1.0" },
        program: { entry: "devs/station/main.ts", bytecodeBytes: 7244 },
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        vm: { version: "2.16.4" },
        asked: { forMs: 60_000, sampleMs: 100, seed: 1 },
        simulated: { ms: 60_000 },
        wall: { ms: 212 },
        outcome: { kind: "running" },
        judgement: {
            ...{ kind: "fine", severity: "good" },
            headline: "ran 1 m, live heap flat at 3,108 B of 65.5 kB",
            evidence: [],
            next: { command: "heapscope check devs/station/main.ts", why: "so that it stays so" },
        },
        heap: {
            capacityBytes: CAPACITY,
            usedBytes: 50_524,
            liveBytes: 3108,
            freeBytes: 15_000,
            largestFreeBytes: 11_000,
            fragmentation: 1 - 11_000 / 15_000,
            blocks: 7,
            freeBlocks: 2,
            highWaterUsedBytes: 55_000,
            highWaterLiveBytes: 3200,
            byType: {
                bytes: { blocks: 1, bytes: 20_000 },
                map: { blocks: 1, bytes: 8000 },
                string: { blocks: 1, bytes: 6000 },
                activation: { blocks: 1, bytes: 9000 },
                array: { blocks: 1, bytes: 7524 },
            },
        },
        gc: { collections: 43, allocations: 12_000, allocatedBytes: 720_000 },
        boardTime: { ms: 4500, runningMs: 3000, allocatingMs: 1200, collectingMs: 300 },
        stack: { deepestCall: 12, mostFrameBytes: 640, longestTurn: 8100 },
        trend: { liveBytesPerHour: 0, verdict: "flat" },
        log: [
            { atMs: 100, level: "log", text: "open" },
            { atMs: 200, level: "log", text: "order 1" },
            { atMs: 300, level: "log", text: "order 2" },
        ],
    }
}

/** A run that died of a leak after 42.1 s, on a request of 4,212 B. */
export function leakingReport(): SimReport {
    const steady = steadyReport()
    return {
        ...steady,
        program: { entry: "devs/station/wasteful.ts", bytecodeBytes: 6120 },
        asked: { forMs: 60_000, sampleMs: 100, seed: 1 },
        simulated: { ms: 42_100 },
        outcome: {
            kind: "panicked",
            panicCode: 60_004,
            panicName: "out-of-memory",
            atMs: 42_100,
            requestedBytes: 4212,
            verdict: "leak",
            message: "orders held 48,000 B, 96.4 % of what was live.",
            stack: [
                { function: "accept", file: "devs/station/wasteful.ts", line: 88, column: 14 },
                { function: "main", file: "devs/station/wasteful.ts", line: 12, column: 1 },
            ],
        },
        judgement: {
            ...{ kind: "leak", severity: "bad" },
            headline: "out of memory after 42.1 s: a leak, orders never stops growing",
            evidence: ["orders held 48,000 B, 96.4 % of what was live."],
            at: { function: "accept", file: "devs/station/wasteful.ts", line: 88, column: 14 },
            container: "orders",
            next: {
                command: "heapscope sim devs/station/wasteful.ts --board pico --for 1m --advice",
                why: "what ends it, in code",
            },
        },
        heap: {
            ...steady.heap,
            usedBytes: 54_108,
            liveBytes: 49_800,
            freeBytes: 11_416,
            largestFreeBytes: 292,
            fragmentation: 1 - 292 / 11_416,
            highWaterUsedBytes: 65_100,
            highWaterLiveBytes: 50_000,
            byType: { ...steady.heap.byType, bytes: { blocks: 1, bytes: 23_584 } },
        },
        gc: { collections: 62, allocations: 15_662, allocatedBytes: 981_900 },
        trend: { liveBytesPerHour: 4_012_333, verdict: "growing" },
        log: [
            ...steady.log.slice(0, 2),
            { atMs: 42_100, level: "runtime", text: "stats: 884 objects" },
            { atMs: 42_100, level: "error", text: "\u001b[31mdevs: OOM\u0007 (4212 bytes)" },
        ],
    }
}
