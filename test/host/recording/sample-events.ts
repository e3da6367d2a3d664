import fc from "fast-check"
import type { MemoryEvent } from "../../../host/model/events"
import { BLOCK_TYPES } from "../../../host/model/heap/block"
import { anyCharacter } from "../../any-character"

export const HEADER = {
    program: { entry: "devs/station/main.ts" },
    board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
    vm: { version: "2.16.4" },
}

const count = fc.nat(1_000_000)
const atMs = fc.double({ min: 0, max: 1e9, noNaN: true })
const text = fc.string({ unit: anyCharacter, maxLength: 40 })

const heapFigures = fc.record({
    capacityBytes: count,
    usedBytes: count,
    liveBytes: count,
    freeBytes: count,
    largestFreeBytes: count,
    fragmentation: fc.double({ min: 0, max: 1, noNaN: true }),
    blocks: count,
    freeBlocks: count,
    highWaterUsedBytes: count,
    highWaterLiveBytes: count,
    byType: fc.constant({ string: { blocks: 1, bytes: 2 } }),
})

/** So many bytes as hexadecimal digits. */
function hexadecimal(minLength: number, maxLength: number) {
    return fc.uint8Array({ minLength, maxLength }).map(bytes => Buffer.from(bytes).toString("hex"))
}

/** Any event there can be. */
export const anyEvent: fc.Arbitrary<MemoryEvent> = fc.oneof(
    fc.record(
        {
            kind: fc.constant("sample" as const),
            atMs,
            usedBytes: count,
            liveBytes: count,
            freeBytes: count,
            largestFreeBytes: count,
            collections: count,
            allocations: count,
            allocatedBytes: count,
            estimate: fc.record(
                {
                    errorBytes: count,
                    liveErrorBytes: count,
                    death: fc.record({ atMs: count, fromMs: count, toMs: count }),
                },
                { requiredKeys: ["errorBytes"] },
            ),
        },
        {
            requiredKeys: [
                "kind",
                "atMs",
                "usedBytes",
                "liveBytes",
                "freeBytes",
                "largestFreeBytes",
                "collections",
                "allocations",
                "allocatedBytes",
            ],
        },
    ),
    fc.record({
        kind: fc.constant("log" as const),
        atMs,
        level: fc.constantFrom("log" as const, "warn" as const, "runtime" as const),
        text,
    }),
    fc.record({ kind: fc.constant("gc" as const), atMs, liveBytes: count }),
    fc.record({ kind: fc.constant("mark" as const), atMs, text }),
    fc.record(
        {
            kind: fc.constant("service" as const),
            atMs,
            device: hexadecimal(8, 8),
            index: fc.nat(0x3b),
            serviceClass: fc.nat(0xffffffff),
            isOwn: fc.boolean(),
            register: fc.nat(0xfff),
            event: fc.nat(0xff),
            data: hexadecimal(0, 236),
        },
        { requiredKeys: ["kind", "atMs", "device", "index", "serviceClass", "isOwn", "data"] },
    ),
    fc.record({
        kind: fc.constant("program" as const),
        atMs,
        sha256: fc.string({
            unit: fc.constantFrom(..."0123456789abcdef"),
            minLength: 64,
            maxLength: 64,
        }),
    }),
    fc.record({
        kind: fc.constant("displays" as const),
        atMs,
        shown: fc.array(
            fc.record(
                {
                    name: text,
                    kind: fc.constantFrom("display" as const, "strip" as const),
                    picture: fc.record({ width: count, height: count, rgb: text }),
                    text: fc.array(text),
                },
                { requiredKeys: ["name", "kind"] },
            ),
            { maxLength: 3 },
        ),
    }),
    fc.record({
        kind: fc.constant("link" as const),
        atMs,
        phase: fc.constantFrom("connecting" as const, "lost" as const),
        message: text,
    }),
    fc.record(
        {
            kind: fc.constant("panic" as const),
            atMs,
            code: count,
            heap: heapFigures,
            requestedBytes: count,
            stack: fc.array(fc.record({ function: text, file: text, line: count, column: count })),
        },
        { requiredKeys: ["kind", "atMs", "code"] },
    ),
    fc.record({ kind: fc.constant("figures" as const), atMs, heap: heapFigures }),
    fc.record({
        kind: fc.constant("heap-map" as const),
        atMs,
        capacityBytes: count,
        whole: fc.boolean(),
        changes: fc.array(
            fc.record({
                start: count,
                blocks: fc.array(
                    fc.record({
                        bytes: count,
                        type: fc.constantFrom(...BLOCK_TYPES),
                        live: fc.boolean(),
                    }),
                    { maxLength: 5 },
                ),
            }),
            { maxLength: 3 },
        ),
    }),
    fc.record({
        kind: fc.constant("end" as const),
        atMs,
        outcome: fc.record(
            {
                kind: fc.constantFrom("running" as const, "panicked" as const),
                panicCode: count,
                panicName: text,
                verdict: text,
                message: text,
            },
            { requiredKeys: ["kind"] },
        ),
    }),
    fc.record({
        kind: fc.constant("structures" as const),
        atMs,
        structures: fc.array(
            fc.record({
                name: text,
                length: count,
                capacity: count,
                highWaterMark: count,
                refused: count,
            }),
            { maxLength: 3 },
        ),
    }),
)
