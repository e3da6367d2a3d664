// Runs at length what npm test runs a small share of: npm run test:long -- [suite ...] [--seed n] [--again]
// It prints what ran, with which counts. What passed is not run again for the same commit and seed, so
// that a run that was interrupted goes on where it was; --again begins anew.
import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

const root = fileURLToPath(new URL("../", import.meta.url))
const kept = `${root}node_modules/.cache/long.json`

/** By name, the files of a suite and the counts that it is told. */
const SUITES = {
    compiler: [["test/host/compiler/node/official-build"], { HEAPSCOPE_COMPILED_PROGRAMS: "all" }],
    world: [
        ["world-record", "drivers", "board-classes", "firmware-heap"].map(
            name => `test/vm/${name}`,
        ),
        { HEAPSCOPE_WORLD_RUNS: "10", HEAPSCOPE_DRIVERS_MS: "3600000", HEAPSCOPE_LONG: "1" },
    ],
    whole: [
        [
            ...["advice", "heap", "graph", "leaks", "run", "agent-estimate", "station"].map(
                name => `test/vm/${name}.test`,
            ),
            ...["hang-ups", "watch-exact", "recorded-stream"].map(name => `test/vm/link/${name}`),
            ...["model/graph/graph-builder", "link/agent/agent-line"].map(
                name => `test/host/${name}`,
            ),
        ],
        { HEAPSCOPE_WHOLE: "1" },
    ],
    exact: [
        ["test/vm/link/exact-heap", "test/vm/link/debugger-graph"],
        { HEAPSCOPE_SNAPSHOTS: "200", HEAPSCOPE_BOARDS: "all" },
    ],
    estimates: [["test/vm/agent-estimate"], { HEAPSCOPE_ESTIMATES: "all" }],
    hostile: [["test/host/analysis/snapshot/hostile-"], { HEAPSCOPE_HOSTILE_OBJECTS: "50000" }],
    files: [["test/e2e/files"], { HEAPSCOPE_FILE_ROUNDS: "100" }],
    decoders: [["test/fuzz/decoders"], { HEAPSCOPE_FUZZ_COUNT: "1000000" }],
    commands: [["test/fuzz/commands"], { HEAPSCOPE_FUZZ_COMMANDS: "2000" }],
    page: [
        ["page-speed", "page.test", "page-live", "page-tabs", "page-edit", "page-flash"].map(
            name => `test/e2e/${name}`,
        ),
        { HEAPSCOPE_LONG: "1" },
    ],
    streaming: [["test/e2e/page-speed"], { HEAPSCOPE_STREAM_MINUTES: "30" }],
    playground: [["test/e2e/playground"], { HEAPSCOPE_WHOLE: "1", HEAPSCOPE_LONG: "1" }],
    stalled: [["test/e2e/stalled-reader"], { HEAPSCOPE_LONG: "1" }],
    redeploys: [
        ["test/vm/link/own-resets"],
        { HEAPSCOPE_REDEPLOYS: "15", HEAPSCOPE_BROKEN_OFF: "100" },
    ],
    schemas: [["test/vm/json-schemas"], { HEAPSCOPE_LONG: "1" }],
    growing: [["test/vm/time-to-death"], { HEAPSCOPE_GROWING: "200" }],
    field: [["test/vm/field-forecast"], { HEAPSCOPE_FIELD: "500" }],
    forecast: [["test/vm/program-forecast"], { HEAPSCOPE_FORECAST: "500" }],
    canaries: [["test/vm/check-canaries"], { HEAPSCOPE_CANARIES: "200" }],
    bisect: [["test/e2e/check-failures"], { HEAPSCOPE_LONG: "1" }],
    init: [["test/e2e/init.test"], { HEAPSCOPE_LONG: "1" }],
    "time-travel": [["test/vm/time-travel"], { HEAPSCOPE_MOMENTS: "1000" }],
    size: [["test/vm/size"], { HEAPSCOPE_SIZE: "all" }],
    fine: [["test/vm/fine"], { HEAPSCOPE_FINE: "100" }],
    hardware: [["test/vm/station-hardware"], { HEAPSCOPE_BOARDS: "all" }],
    sweep: [["test/vm/sweep-program", "test/e2e/sweep"], { HEAPSCOPE_LONG: "1" }],
    aims: [["test/vm/aim"], { HEAPSCOPE_AIMS: "20" }],
    "board-time": [["test/vm/board-time"], { HEAPSCOPE_BOARD_TIME: "all" }],
    uses: [["test/vm/use"], { HEAPSCOPE_USES: "all" }],
    faults: [["test/vm/faults"], { HEAPSCOPE_FAULTS: "all" }],
    fix: [["test/vm/fix.test"], { HEAPSCOPE_FIX: "all" }],
    shapes: [["test/vm/layout"], { HEAPSCOPE_SHAPES: "1000" }],
    generated: [["test/vm/generated-records"], { HEAPSCOPE_GENERATED: "10000" }],
    scenarios: [
        [
            "test/vm/scenario.test",
            "test/vm/scenario-docs",
            "test/vm/station-scenarios",
            "test/e2e/scenario",
        ],
        { HEAPSCOPE_LONG: "1" },
    ],
    worst: [["test/vm/worst"], { HEAPSCOPE_LONG: "1" }],
    cables: [["test/host/link/flash"], { HEAPSCOPE_LONG: "1" }],
    // These want Debian's engines, as npm run test:system does.
    fleet: [
        [
            ...["--config", "test/system/vitest.config.ts"],
            ...["test/system/fleet.test", "test/system/fleet-mqtt"],
        ],
        { HEAPSCOPE_FLEET_RESTARTS: "100", HEAPSCOPE_RESTARTS: "100" },
    ],
    // Half an hour of a machine that does nothing else: what it measures is the fleet's share of it.
    "fleet-load": [
        ["--config", "test/system/vitest.config.ts", "test/system/fleet-load"],
        { HEAPSCOPE_FLEET_BOARDS: "1000", HEAPSCOPE_FLEET_RESTARTS: "100" },
    ],
    endurance: [["test/vm/link/endurance"], { HEAPSCOPE_ENDURANCE_MINUTES: "10" }],
}

const USE = `npm run test:long -- [suite ...] [--seed n] [--again]
suites: ${Object.keys(SUITES).join(", ")}`
const { values, positionals } = readArguments()
if (values.help) {
    console.log(USE)
    process.exit(0)
}
if (positionals.some(name => !(name in SUITES)) || !/^\d+$/.test(values.seed)) wrongUse()

const run = `${commit()} seed ${values.seed}`
const passed = new Set(values.again ? [] : (readKept()[run] ?? []))
let failed = 0
for (const [name, [files, counts]] of Object.entries(SUITES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue
    const told = Object.entries(counts).map(([key, value]) => `${key}=${value}`)
    if (passed.has(name)) {
        console.log(`${name}: passed before, ${told.join(" ")}, ${run}`)
        continue
    }
    console.log(`${name}: ${told.join(" ")}, ${run}`)
    const started = performance.now()
    const { status } = spawnSync(
        process.execPath,
        [`${root}node_modules/vitest/vitest.mjs`, "run", ...files, "--disable-console-intercept"],
        {
            cwd: root,
            stdio: "inherit",
            env: {
                ...process.env,
                ...counts,
                HEAPSCOPE_FUZZ_SEED: values.seed,
                HEAPSCOPE_LONG_RUN: run,
            },
        },
    )
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    console.log(`${name}: ${status === 0 ? "passed" : "FAILED"} after ${seconds} s`)
    if (status !== 0) {
        failed++
        continue
    }
    passed.add(name)
    mkdirSync(dirname(kept), { recursive: true })
    writeFileSync(kept, JSON.stringify({ [run]: [...passed] }))
}
process.exit(failed === 0 ? 0 : 1)

/** What the tests are of: the commit, and whether anything was changed since. */
function commit() {
    try {
        const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim()
        const changed = git("status", "--porcelain") === "" ? "" : ` changed ${Date.now()}`
        return git("rev-parse", "--short", "HEAD") + changed
    } catch {
        return `no commit ${Date.now()}`
    }
}

function readKept() {
    try {
        return JSON.parse(readFileSync(kept, "utf8"))
    } catch {
        return {}
    }
}

function readArguments() {
    const options = {
        seed: { type: "string", default: "1" },
        again: { type: "boolean" },
        help: { type: "boolean", short: "h" },
    }
    try {
        return parseArgs({ allowPositionals: true, options })
    } catch {
        return wrongUse()
    }
}

function wrongUse() {
    console.error(USE)
    process.exit(2)
}
