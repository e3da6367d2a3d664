import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { toJson } from "../../host/base/json"
import { packageRoot } from "../../host/base/node/package-root"
import { sealLine } from "../../host/recording/recording-line"
import { makeCorpus, type Corpus } from "./corpus"
import { mutateBytes, mutateJson, mutateText, Random } from "./mutate"
import { underLoad } from "../machine-load"

const COUNT = Number(process.env.HEAPSCOPE_FUZZ_COMMANDS ?? 8)
const FROM = Number(process.env.HEAPSCOPE_FUZZ_FROM ?? 0)
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
/** On a machine that does nothing else: of processor time, and of the clock as often as it is shared. */
const MAX_MS = 10_000
const MAX_RSS_KIB = 300 * 1024
/** More of them would most likely be of the same kinds. */
const MAX_FAILURES = 20

const cli = join(packageRoot(), "dist/cli.js")
let folder: string
let corpus: Corpus

beforeAll(async () => {
    corpus = await makeCorpus()
    folder = mkdtempSync(join(tmpdir(), "heapscope-fuzz-"))
    // Tells how much memory and processor time a process took in all, whatever it did.
    writeFileSync(
        join(folder, "rss.mjs"),
        `import { writeFileSync } from "node:fs"
process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
    writeFileSync(process.env.FUZZ_RSS, \`\${maxRSS} \${(userCPUTime + systemCPUTime) / 1000}\`)
})`,
    )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Fills the folder that a command runs in with what is hostile in some way. */
function makeFiles(random: Random, work: string): void {
    const put = (name: string, content: string | Uint8Array) =>
        writeFileSync(join(work, name), content)
    put("good.devs", corpus.images[0]!)
    put("bad.devs", mutateBytes(random, corpus.images))
    put("bad-dbg.json", toJson(mutateJson(random, JSON.parse(corpus.debug))))
    put("text.devs", mutateText(random, corpus.lines))
    const lines = corpus.events.map(event =>
        sealLine({ ...(mutateJson(random, event) as object), x: 1 }),
    )
    put("run.ndjson", [sealLine(corpus.header), ...lines, ""].join("\n"))
    put("bad.ndjson", mutateText(random, [readFileSync(join(work, "run.ndjson"), "utf8")]))
    put("a.json", toJson(random.pick(corpus.snapshots)))
    put("b.json", toJson(mutateJson(random, random.pick(corpus.snapshots))))
    put("good.ts", RECORD)
    put("bad.ts", mutateText(random, [RECORD]))
    put("deep.json", "[".repeat(100_000))
    put("menu.csv", TABLE)
    put("bad.csv", mutateText(random, [TABLE]))
    put("my.board.json", toJson(mutateJson(random, random.pick(corpus.boards))))
    put("my.memory.json", toJson(mutateJson(random, random.pick(corpus.memories))))
    put("name\u001b[2J\u202e.devs", corpus.images[0]!)
    mkdirSync(join(work, "a-folder"))
    symlinkSync("circle", join(work, "circle"))
    symlinkSync("/dev/zero", join(work, "endless.devs"))
    symlinkSync("/dev/zero", join(work, "endless.json"))
}

const RECORD = 'interface Order { id: u24; table: bits<5>; note?: text<8>; kind: "a" | "b" }\n'
const TABLE = 'name,price,vegan\n"Soup, hot",4.50,true\nRoast,16.90,false\n'
const PROGRAMS = [
    "good.devs",
    "bad.devs",
    "text.devs",
    "endless.devs",
    "a-folder",
    "circle",
    "name\u001b[2J\u202e.devs",
    "none.devs",
    "x".repeat(5000),
]
const FILES = [
    "run.ndjson",
    "bad.ndjson",
    "a.json",
    "b.json",
    "endless.json",
    "a-folder",
    "circle",
    "/dev/zero",
    "none",
]
/** What `layout` and `generate` read. */
const SOURCES = ["good.ts", "bad.ts", "deep.json", "menu.csv", "bad.csv", ...FILES]
const OUTPUTS = [
    "out",
    "/dev/full",
    "/dev/null",
    "a-folder",
    "circle",
    "no/such",
    "good.devs",
    "a.json",
    "y".repeat(5000),
]
const TIMES = ["1s", "250ms", "10", "-1s", "0s", "1e9h", "\u001b[31m", ""]
const NUMBERS = ["1", "0", "-1", "4294967296", "x", "", "1e3", "\u202e"]
const SIZES = ["4KiB", "256", "1", "1MiB", "64KiB", "", "1\u009bkB"]
const BOARDS = ["pico", "esp32s2", "my.board.json", "a.json", "nope", "\u001b]0;x\u0007"]

type Make = (random: Random) => string[]
const flag =
    (name: string, values: readonly string[]): Make =>
    random => [name, random.pick(values)]
const bare =
    (name: string): Make =>
    () => [name]
const BOARD_FLAGS = [flag("--board", BOARDS), flag("--heap", SIZES), flag("--seed", NUMBERS)]
const RUN_FLAGS = [
    ...BOARD_FLAGS,
    ...[flag("--for", TIMES), flag("--sample", TIMES), flag("--timeout", TIMES)],
    ...[flag("--until-text", ["hello", "", "\u001b"]), flag("--fail-text", ["no", ""])],
]
const SHOW = [
    bare("--json"),
    bare("--quiet"),
    bare("--no-color"),
    bare("--nonsense\u009b"),
    bare("--help"),
]
const outputs = (...names: string[]) => names.map(name => flag(name, OUTPUTS))

/** Each command with what it takes: what always comes, then flags of which a few do. */
const COMMANDS: readonly (readonly [string, Make, readonly Make[]])[] = [
    [
        "sim",
        r => [r.pick(PROGRAMS)],
        [
            ...RUN_FLAGS,
            ...SHOW,
            bare("--leaks"),
            bare("--samples"),
            bare("--advice"),
            ...outputs("--out", "--svg", "--log", "--record"),
        ],
    ],
    ["compare", r => [r.pick(PROGRAMS), r.pick(PROGRAMS)], [...RUN_FLAGS, ...SHOW]],
    [
        "profile",
        r => [r.pick(PROGRAMS)],
        [
            ...RUN_FLAGS,
            ...SHOW,
            flag("--top", NUMBERS),
            flag("--by", ["count", "bytes", "x"]),
            ...outputs("--heapprofile", "--folded", "--flame", "--lcov"),
        ],
    ],
    [
        "snapshot",
        r => [r.pick(PROGRAMS)],
        [
            ...BOARD_FLAGS,
            ...SHOW,
            flag("--at", TIMES),
            flag("--at-text", ["a", ""]),
            flag("--at-allocation", NUMBERS),
            flag("--at-gc", NUMBERS),
            flag("--top", NUMBERS),
            ...outputs("--out", "--heapsnapshot", "--map", "--map-over-time"),
        ],
    ],
    [
        "diff",
        r => [r.pick(FILES), r.pick(FILES)],
        [...SHOW, flag("--top", NUMBERS), flag("--from", TIMES)],
    ],
    [
        "check",
        r => [r.pick(PROGRAMS)],
        [
            ...SHOW,
            flag("--for", ["10s", "1s", ""]),
            flag("--board", [...BOARDS, "all"]),
            flag("--max-live", SIZES),
        ],
    ],
    [
        "watch",
        r => ["--replay", r.pick(FILES), "--speed", r.pick(["max", "max", "1000000x", "x", "0"])],
        [...SHOW, ...outputs("--record")],
    ],
    [
        "watch",
        r => [
            "--port",
            r.pick([
                "/dev/null",
                "/dev/zero",
                "a.json",
                "tcp://127.0.0.1:1",
                "tcp://\u001b:x",
                "none",
            ]),
        ],
        SHOW,
    ],
    [
        "flash",
        r => ["--board", r.pick(["pico", "esp32c3", "my.board.json", "none"])],
        [
            ...SHOW,
            flag("--firmware", [...PROGRAMS, "none.uf2", "http://127.0.0.1:1/fw.uf2"]),
            flag("--volume", ["a-folder", "circle", "none"]),
            flag("--wait", ["0s", "1s", "x"]),
            flag("--port", ["/dev/null", "tcp://127.0.0.1:1", "none"]),
            bare("--dry-run"),
            bare("--erase"),
        ],
    ],
    [
        "deploy",
        r => [
            r.pick(PROGRAMS),
            "--port",
            r.pick(["/dev/null", "a.json", "tcp://127.0.0.1:1", "tcp://"]),
        ],
        SHOW,
    ],
    [
        "layout",
        r => [r.pick(SOURCES)],
        [...SHOW, flag("--count", NUMBERS), flag("--align", NUMBERS)],
    ],
    [
        "generate",
        r => [r.pick(SOURCES)],
        [
            ...SHOW,
            bare("--table"),
            bare("--check"),
            flag("--layout", ["packed", "bits", "c", "x"]),
            flag("--key", ["name", "price", "", "\u001b", "name,price"]),
            ...outputs("--out", "--host"),
        ],
    ],
    ["boards", () => [], SHOW],
    // Nobody is at its stdin.
    ["lsp", () => [], [...SHOW, flag("--board", BOARDS), flag("--for", TIMES), bare("--stdio")]],
    [
        "lesson",
        r => [r.pick(["nope", "\u001b[2J", "--all", ""])],
        [bare("--nonsense"), flag("--board", BOARDS)],
    ],
    ["nonsense\u001b[31m", () => [], SHOW],
]

function commandLine(random: Random): string[] {
    const [name, always, flags] = random.pick(COMMANDS)
    const line = [name, ...always(random)]
    for (let more = random.below(4); more > 0; more--) line.push(...random.pick(flags)(random))
    // All would measure every lesson there is.
    return line.filter(word => word !== "--all")
}

interface Result {
    code: number | null
    stdout: string
    stderr: string
    ms: number
    /** Of processor time, on all cores. */
    busyMs: number
    rssKib: number
}

function run(line: string[], work: string): Promise<Result> {
    const rss = join(folder, "rss")
    writeFileSync(rss, "0 0")
    return new Promise(resolve => {
        const began = performance.now()
        const child = spawn(process.execPath, ["--import", join(folder, "rss.mjs"), cli, ...line], {
            cwd: work,
            env: { ...process.env, FORCE_COLOR: "", FUZZ_RSS: rss },
            stdio: ["ignore", "pipe", "pipe"],
        })
        const result = { stdout: "", stderr: "" }
        for (const name of ["stdout", "stderr"] as const)
            child[name].setEncoding("utf8").on("data", (text: string) => (result[name] += text))
        // Long after the limit: to tell what it took.
        const timer = setTimeout(() => child.kill("SIGKILL"), 3 * underLoad(MAX_MS))
        child.on("close", code => {
            clearTimeout(timer)
            const ms = performance.now() - began
            const [rssKib, busyMs] = readFileSync(rss, "utf8").split(" ").map(Number)
            resolve({ code, ...result, ms, busyMs: busyMs!, rssKib: rssKib! })
        })
    })
}

const UNSAFE = /(?!\n)[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u

test(
    `${COUNT} hostile commands: exit code 0, 1 or 2, one message, no control character, no wait`,
    async () => {
        let [slowest, busiest, largest] = [0, 0, 0]
        const codes: Record<string, number> = {}
        const failures: string[] = []
        for (let i = FROM; i < FROM + COUNT; i++) {
            const random = new Random(SEED * 1_000_003 + i)
            const work = mkdtempSync(join(folder, "run-"))
            makeFiles(random, work)
            const line = commandLine(random)
            const { code, stdout, stderr, ms, busyMs, rssKib } = await run(line, work)
            const shown = `npm run fuzz -- commands --seed ${SEED} --from ${i} --count 1: ${JSON.stringify(line).slice(0, 500)}\n${stderr.slice(0, 500)}`
            const wrong = [
                code === null || code > 2 ? `exit code ${code}` : "",
                UNSAFE.test(stdout + stderr) ? "a control character" : "",
                /fault of heapscope|\n\s+at .*:\d+:\d+|internal\//.test(stderr) ? "a fault" : "",
                code === 2 && stderr.match(/^(?:heapscope|error): /gm)?.length !== 1
                    ? "not one message"
                    : "",
                ms > underLoad(MAX_MS) ? `${Math.round(ms)} ms` : "",
                busyMs > MAX_MS ? `${Math.round(busyMs)} ms of processor time` : "",
                rssKib > MAX_RSS_KIB ? `${rssKib} KiB` : "",
            ].filter(text => text !== "")
            if (wrong.length > 0) {
                failures.push(`${wrong.join(", ")}: ${shown}`)
                // Told at once: of a long run the end may not come.
                console.log(JSON.stringify(failures.at(-1)))
            }
            if (failures.length >= MAX_FAILURES) break
            slowest = Math.max(slowest, ms)
            busiest = Math.max(busiest, busyMs)
            largest = Math.max(largest, rssKib)
            codes[String(code)] = (codes[String(code)] ?? 0) + 1
            rmSync(work, { recursive: true, force: true })
            if ((i + 1) % 50 === 0)
                console.log(
                    `commands: ${i + 1} with seed ${SEED}; slowest ${Math.round(slowest)} ms, busiest ${Math.round(busiest)} ms, largest ${Math.round(largest / 1024)} MiB, ${JSON.stringify(codes)}`,
                )
        }
        expect(failures).toEqual([])
    },
    24 * 3_600_000,
)
