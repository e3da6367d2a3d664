import { readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, onTestFinished, test, vi } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { KeptRun } from "../../../host/cli/kept-run"
import type { SimReport } from "../../../host/documents/sim-report"
import type { Program } from "../../../host/model/program/program"
import { makeFolder } from "../compiler/node/build-project"

const CONTEXT = { codeId: "0123456789abcdef", cwd: "/project" }
const FLAGS = { json: true, world: "made-up", worldNetwork: "made-up", color: true }
const PROGRAM: Program = {
    ...{ entry: "main.ts", sourceFolder: "", debug: undefined, cached: true },
    bytecode: Uint8Array.of(1, 2, 3),
    debugJson: "{}",
    settings: new Map([["LENGTH", Uint8Array.of(5)]]),
}
const MADE = { board: findBoard("pico"), seed: 1, forMs: 10_000 }
let folder: string

beforeEach(() => {
    folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    vi.stubEnv("XDG_CACHE_HOME", folder)
    vi.stubEnv("HEAPSCOPE_KEPT", undefined)
    onTestFinished(() => void vi.unstubAllEnvs())
})

interface Asked {
    flags?: object
    program?: Partial<Program>
    made?: object
    context?: object
}

function asked({ flags, program, made, context }: Asked = {}): KeptRun | undefined {
    return KeptRun.of(
        ...([
            { ...FLAGS, ...flags },
            { ...PROGRAM, ...program },
        ] as const),
        ...([
            { ...MADE, ...made },
            { ...CONTEXT, ...context },
        ] as const),
    )
}

const report = { schema: "heapscope/sim-report@1", wall: { ms: 5 } } as SimReport

test("a report is told again of all that it was kept of, and of nothing else", () => {
    asked()!.write(report)
    expect(asked()!.read()).toEqual({ ...report, wall: { ms: 5, kept: true } })
    // Whether it had to be compiled is no part of it, nor is how it is shown.
    const same = { program: { cached: false }, flags: { quiet: true, color: false } }
    expect(asked(same)!.read()).toBeDefined()
    const others: Asked[] = [
        { program: { bytecode: Uint8Array.of(1, 2, 4) } },
        { program: { debugJson: "[]" } },
        { program: { entry: "other.ts" } },
        { program: { settings: new Map([["LENGTH", Uint8Array.of(6)]]) } },
        { program: { settings: new Map() } },
        { made: { board: findBoard("esp32s2_bare") } },
        { made: { board: { ...MADE.board, heapBytes: 40_960 } } },
        { made: { board: { ...MADE.board, configuration: Uint8Array.of(1) } } },
        { made: { seed: 2 } },
        { made: { forMs: 9_000 } },
        { made: { sampleMs: 200 } },
        { made: { untilText: "ready" } },
        { flags: { world: "none" } },
        { flags: { leaks: true } },
        { flags: { samples: true } },
        { context: { codeId: "0123456789abcdee" } },
        { context: { cwd: "/elsewhere" } },
    ]
    for (const other of others) expect([other, asked(other)!.read()]).toEqual([other, undefined])
})

test("nothing is kept of what prints for people, writes files, waits for a clock or asks a network", () => {
    const flags = [
        ...[{ json: undefined }, { worldNetwork: "real" }, { realtime: true }, { timeout: "1m" }],
        ...[{ log: "x" }, { record: "x" }, { out: "x" }, { svg: "x" }, { snapshots: "x" }],
        ...[{ recordWorld: "x" }, { playWorld: "x" }, { scenario: "x" }, { as: "x" }],
        ...[{ advice: true }, { show: true }, { png: "x" }, { live: true }, { later: true }],
    ]
    for (const given of flags) expect([given, asked({ flags: given })]).toEqual([given, undefined])
    expect(asked({ context: { codeId: undefined } })).toBeUndefined()
    vi.stubEnv("HEAPSCOPE_KEPT", "0")
    expect(asked()).toBeUndefined()
})

test("of many that are kept the oldest go", () => {
    for (let seed = 0; seed < 140; seed++) asked({ made: { seed } })!.write(report)
    const kept = readdirSync(join(folder, "heapscope")).filter(name => name.endsWith(".run"))
    expect(kept).toHaveLength(128)
    expect(asked({ made: { seed: 139 } })!.read()).toBeDefined()
})
