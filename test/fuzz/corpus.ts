import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { packageRoot } from "../../host/base/node/package-root"
import type { Snapshot } from "../../host/documents/snapshot"
import type { DebugInfo } from "../../host/model/program/debug-info"
import { takeSnapshots } from "../../host/tasks/take-snapshots"
import { WAKE_UP } from "../../host/wire/bridge"
import { encodeFrame } from "../../host/wire/framing"
import { small } from "../host/analysis/snapshot/small-snapshot"
import { anyEvent, HEADER } from "../host/recording/sample-events"
import { randomFrame } from "../host/wire/frames"
import { build, vm } from "../vm/harness"

/** Good inputs of each kind, from which hostile ones are made. */
export interface Corpus {
    /** Bytes of the wire. */
    stream: Uint8Array[]
    /** Of a board's log. */
    lines: string[]
    header: object
    events: object[]
    snapshots: Snapshot[]
    images: Uint8Array[]
    /** Text of debug information. */
    debug: string
    /** The same of a few functions and lines. */
    shortDebug: string
    boards: object[]
    memories: object[]
}

function shortened(debug: DebugInfo): DebugInfo {
    return {
        ...debug,
        functions: debug.functions.slice(0, 6),
        globals: debug.globals.slice(0, 4),
        srcmap: debug.srcmap.slice(0, 60),
        sources: debug.sources
            .slice(0, 3)
            .map(source => ({ ...source, text: source.text?.slice(0, 80) })),
    }
}

/** Builds a program, runs it, and gathers all that comes of it. */
export async function makeCorpus(): Promise<Corpus> {
    const program = await build("live-timers")
    const board = { id: "test", chip: "rp2040", heapBytes: 65_536 }
    const { snapshots } = await takeSnapshots(vm, { program, board, seed: 1, forMs: 500 }, [
        { kind: "time", atMs: 500 },
    ])
    const folder = join(packageRoot(), "boards")
    const read = (suffix: string) =>
        readdirSync(folder)
            .filter(name => name.endsWith(suffix))
            .map(name => JSON.parse(readFileSync(join(folder, name), "utf8")) as object)
    return {
        stream: [
            WAKE_UP,
            ...[12, 16, 40, 252].map(size => encodeFrame(randomFrame(size, size))),
            new TextEncoder().encode("> a line of the log\r\n! Exception: OutOfMemory\n"),
        ],
        lines: [
            "> hello",
            "* start!",
            "! Exception: Panic_60004 at (gpc:1234)",
            "! Unhandled exception",
            "*  at main_F0 (pc:120)",
            "? debug",
            "hs1 seq=0 ms=120 orders=3/8/5/0 log=1/2/3/4 base=24 *8e5f: buffer:0x20001234",
            "hs1 seq=7 ms=4000 probe=512 *0a0b: buffer:0x2000ffff",
        ],
        header: {
            schema: "heapscope/recording@1",
            ...HEADER,
            startedAt: "2026-01-01T00:00:00.000Z",
        },
        events: fc.sample(anyEvent, { seed: 1, numRuns: 60 }),
        snapshots: [small(), ...snapshots.filter(one => one !== undefined)],
        images: [program.bytecode],
        debug: JSON.stringify(program.debug),
        shortDebug: JSON.stringify(shortened(program.debug!)),
        boards: read(".board.json"),
        memories: read(".memory.json"),
    }
}
