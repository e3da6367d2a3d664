import { execFile } from "node:child_process"
import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import { packageRoot } from "../../host/base/node/package-root"
import type { GenerateReport } from "../../host/documents/layout/generate-report"
import type { LayoutReport } from "../../host/documents/layout/layout-report"
import { heapscopeHere, type Ended } from "./command"

const root = packageRoot()
const cli = join(root, "dist/cli.js")
let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-e2e-"))
    writeFileSync(join(folder, "plain.ts"), "console.log(1)\n")
    mkdirSync(join(folder, "project"))
    writeFileSync(join(folder, "project/devsconfig.json"), "{}")
    writeFileSync(join(folder, "project/package.json"), '{ "name": "e2e" }')
    writeFileSync(join(folder, "project/good.ts"), 'console.log("hello \\u001b[31mred")\n')
    writeFileSync(join(folder, "project/bad.ts"), "const a: number = 1\nconst b: string = a\n")
    writeFileSync(join(folder, "damaged.devs"), "this is not bytecode")
    writeFileSync(join(folder, "project/binary.ts"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]))
    const wrongs = Array.from({ length: 500 }, (_, i) => `const a${i}: number = "a"\n`)
    writeFileSync(join(folder, "project/junk.ts"), wrongs.join(""))
    mkdirSync(join(folder, "slip"))
    writeFileSync(join(folder, "slip/devsconfig.json"), "{ bundle: ")
    writeFileSync(join(folder, "slip/main.ts"), "console.log(1)\n")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the built command line as a user would, without a terminal. */
function heapscope(...args: string[]): Promise<Ended> {
    return heapscopeIn({}, ...args)
}

function heapscopeIn(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
    return heapscopeHere(args, { cwd: folder, env: { ...process.env, FORCE_COLOR: "", ...env } })
}

/** The same in a process of its own. */
function heapscopeProcess(...args: string[]): Promise<Ended> {
    return new Promise(resolve => {
        const options = { cwd: folder, env: { ...process.env, FORCE_COLOR: "" } }
        execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        )
    })
}

test("a process of its own prints the same, and ends with the same exit code", async () => {
    const codes: number[] = []
    for (const args of [
        ["explain", "fragmented"],
        ["sim", "project/good.ts", "--fail-text", "hello", "--quiet"],
        ["sim", "nowhere.ts", "--json"],
        ["simm"],
        ["sim", "project/bad.ts"],
    ]) {
        const ended = await heapscopeProcess(...args)
        const here = await heapscope(...args)
        const text = ({ stdout, ...rest }: Ended) => ({
            ...rest,
            stdout: stdout.replace(/simulated in .*/, "simulated"),
        })
        expect(text(here)).toEqual(text(ended))
        codes.push(ended.code)
    }
    expect(codes).toEqual([0, 1, 2, 2, 2])
})

describe("wrong use is one message and exit code 2:", () => {
    test.each<[string, string[], RegExp]>([
        ["missing entry", ["sim", "nowhere.ts"], /nowhere\.ts: no such file/],
        ["missing ending", ["sim", "plain"], /did you mean plain\.ts\?/],
        ["compile error", ["sim", "project/bad.ts"], /project\/bad\.ts:2:7 - error TS2322/],
        ["no project", ["sim", "plain.ts"], /no folder at or above it has a devsconfig\.json/],
        ["nothing to check", ["check"], /there is no project here to check/],
        ["no such word", ["explain", "fragmentaton"], /did you mean fragmentation\?/],
        ["unknown board", ["sim", "--board", "pcio"], /no board "pcio".*Did you mean .*pico/],
        ["unknown command", ["simm"], /unknown command 'simm'.*Did you mean sim\?/s],
        ["unknown flag", ["sim", "--hepa", "4KiB"], /unknown option '--hepa'.*--heap/s],
        [
            "tiny heap",
            ["sim", join(root, "test/vm/programs/live-objects.ts"), "--heap", "256"],
            /too small for this program to start.*--heap/,
        ],
        ["too small", ["sim", "--heap", "10"], /--heap 10 is out of range/],
        ["too large", ["sim", "--heap", "1MiB"], /--heap 1MiB is out of range/],
        ["no size", ["sim", "--heap", "big"], /--heap: .*is not a size/],
        ["negative duration", ["sim", "--for=-5s"], /--for: .*not a duration/],
        ["no unit", ["sim", "--for", "10"], /--for: .*not a duration/],
        ["absurd duration", ["sim", "--for", "9999999h"], /--for: .*not a duration/],
        ["no time at all", ["sim", "--for", "0s"], /--for 0 runs nothing/],
        ["too many samples", ["sim", "--for", "24h", "--sample", "1ms"], /take a longer --sample/],
        ["seed", ["sim", "--seed", "x"], /--seed x is not a whole number/],
        ["empty text", ["sim", "--until-text", ""], /--until-text is empty/],
        [
            "unwritable output",
            ["sim", "project/good.ts", "--out", "no/such/folder/r.json"],
            /r\.json cannot be written/,
        ],
        [
            "unwritable log",
            ["sim", "project/good.ts", "--log", "no/such/folder/l.txt"],
            /l\.txt cannot be written/,
        ],
        ["damaged bytecode", ["sim", "damaged.devs"], /damaged\.devs/],
        ["missing argument", ["compare", "project/good.ts"], /missing required argument 'b'/],
        ["help for nothing", ["help", "simm"], /unknown command 'simm'.*Did you mean sim\?/s],
        ["its own help", ["watch", "--hepa"], /^heapscope: unknown.*`heapscope watch --help`/s],
        ["nearly a file", ["sim", "project/god.ts"], /did you mean project\/good\.ts\?/],
        [
            "a list",
            ["check", "project/good.ts,plain.ts"],
            /spaces between them: project\/good\.ts /,
        ],
        ["a quoted pattern", ["check", "project/*.ts"], /pattern in quotes/],
        ["no text", ["sim", "project/binary.ts"], /^heapscope: \S+ is not a program[^\n]*\n$/],
        ["very wrong", ["sim", "project/junk.ts"], /and [\d,]+ more errors\n$/],
        ["a slip in devsconfig.json", ["sim", "slip"], /devsconfig\.json: /],
        ["a lesson far off", ["lesson", "nope"], /no lesson "nope"\. "heapscope lesson" lists/],
        ["nearly a word", ["explain", "activatoin"], /no such word.*did you mean activation\?/],
        ["no word at all", ["explain", "nonsense"], /heapscope explain lists them all/],
        ["nearly a lesson", ["lesson", "pol"], /Did you mean pool\?/],
        ["two to watch", ["watch", "project/good.ts", "--replay", "x"], /name one/],
        ["a board's speed", ["watch", "--port", "auto", "--speed", "2x"], /a time of its own/],
        [
            "a served board",
            ["sim", "project/good.ts", "--serve", "tcp://127.0.0.1:0", "--for", "10s"],
            /leave out --for/,
        ],
        [
            "a flag for a value",
            ["profile", "project/good.ts", "--flame", "--quiet"],
            /option '--flame <file>' argument missing/,
        ],
    ])("%s", async (_name, args, message) => {
        const { code, stdout, stderr } = await heapscope(...args)
        expect(stderr).toMatch(message)
        expect(stderr).not.toMatch(/\n\s+at .*\.(js|ts):\d+:\d+\)?\n/)
        expect(stdout).toBe("")
        expect(code).toBe(2)
    })

    test("a term in two sentences is no wrong use", async () => {
        const { code, stdout } = await heapscope("explain", "fragmented")
        expect(code).toBe(0)
        expect(stdout).toMatch(/^fragmentation +\(fragmented.*free/s)
    })

    test("bytecode of another version", async () => {
        const bytes = Buffer.from(await compileTo("new.devs"))
        bytes.writeUInt32LE(0x01020003, 8)
        writeFileSync(join(folder, "old.devs"), bytes)
        const { code, stderr } = await heapscope("sim", "old.devs")
        expect(stderr).toMatch(/old\.devs.*1\.2\.3/)
        expect(code).toBe(2)
    })

    test("and leaves nothing half-written", () => {
        expect(existsSync(join(folder, "--quiet"))).toBe(false)
        expect(readdirSync(folder).filter(name => name.startsWith(".heapscope"))).toEqual([])
    })
})

/** Compiles the good program to a file of its own, as `devs build` leaves one. */
async function compileTo(file: string): Promise<Uint8Array> {
    const { bytecode } = await buildProgram("project/good.ts", { cwd: folder })
    writeFileSync(join(folder, file), bytecode)
    return bytecode
}

describe("sim", () => {
    test("runs a project from anywhere, in its own folder", async () => {
        const { code, stdout } = await heapscope("sim", "project/good.ts", "--json")
        const report = JSON.parse(stdout) as { program: object; outcome: object }
        expect(report.program).toMatchObject({ entry: "project/good.ts" })
        expect(report.outcome).toMatchObject({ kind: "finished" })
        expect(code).toBe(0)
    })

    test("prints nothing but the document with --json, and no samples unless asked", async () => {
        const { stdout } = await heapscope("sim", "project/good.ts", "--json")
        expect(Object.keys(JSON.parse(stdout) as object)).toEqual(
            "schema heapscope program board vm asked simulated wall outcome judgement heap gc boardTime stack trend world log".split(
                " ",
            ),
        )
        const asked = await heapscope("sim", "project/good.ts", "--json", "--samples")
        expect(JSON.parse(asked.stdout)).toHaveProperty("samples")
    })

    test.each([
        ["LC_ALL=C", { LC_ALL: "C" }, []],
        ["--ascii", { LC_ALL: "C.UTF-8" }, ["--ascii"]],
    ])("prints nothing but ASCII with %s, a column for a column", async (_, env, flags) => {
        const plain = await heapscopeIn({ LC_ALL: "C.UTF-8" }, "sim", "project/good.ts")
        const { stdout } = await heapscopeIn(env, "sim", "project/good.ts", ...flags)
        // oxlint-disable-next-line no-control-regex -- that is what ASCII is
        expect(stdout).toMatch(/^[\x00-\x7f]+$/)
        const widths = (text: string) => text.split("\n").map(line => line.length)
        const lineOf = (text: string) =>
            text.split("\n").filter(line => !line.includes(" real time"))
        expect(widths(lineOf(stdout).join("\n"))).toEqual(widths(lineOf(plain.stdout).join("\n")))
        expect(plain.stdout).toMatch(/^✓/)
    })

    test("never lets a program's text reach the terminal as a command", async () => {
        const { stdout } = await heapscope("sim", "project/good.ts")
        expect(stdout).not.toContain("\u001b")
        expect(stdout).toContain("hello")
    })

    test("without a terminal there is no colour; FORCE_COLOR brings it back", async () => {
        const plain = await heapscope("sim", "project/good.ts")
        expect(plain.stdout).not.toContain("\u001b[3")
        const forced = await heapscopeIn({ FORCE_COLOR: "1" }, "sim", "project/good.ts")
        expect(forced.stdout).toContain("\u001b[3")
    })

    test("runs bytecode with its debug information beside it, without a compiler", async () => {
        await compileTo("good.devs")
        const { code, stdout } = await heapscope("sim", "good.devs", "--json")
        expect((JSON.parse(stdout) as { log: { text: string }[] }).log.at(-1)?.text).toContain(
            "hello",
        )
        expect(code).toBe(0)
    })

    test.each([
        [["--until-text", "hello"], 0],
        [["--until-text", "goodbye"], 1],
        [["--fail-text", "hello"], 1],
        [["--fail-text", "goodbye"], 0],
    ])("%j exits %i", async (args, expected) => {
        expect((await heapscope("sim", "project/good.ts", ...args)).code).toBe(expected)
    })

    test("writes the whole log, and the report, to files", async () => {
        const { code } = await heapscope(
            "sim",
            "project/good.ts",
            "--log",
            "log.txt",
            "--out",
            "out.json",
        )
        expect(code).toBe(0)
        expect(readFileSync(join(folder, "log.txt"), "utf8")).toMatch(/\tlog\thello/)
        expect(JSON.parse(readFileSync(join(folder, "out.json"), "utf8"))).toHaveProperty("schema")
    })
})

describe("a file that cannot be written is told before a long run, not after it:", () => {
    const endless = join(root, "test/vm/programs/live-timers.ts")
    test.each([
        ["sim", "--for", "--out"],
        ["sim", "--for", "--svg"],
        ["profile", "--for", "--heapprofile"],
        ["profile", "--for", "--folded"],
        ["profile", "--for", "--flame"],
        ["snapshot", "--at", "--out"],
        ["snapshot", "--at", "--heapsnapshot"],
        ["snapshot", "--at", "--map"],
        ["snapshot", "--at", "--map-over-time"],
    ])("%s %s 8000h %s", async (command, time, flag) => {
        const run = (file: string) => heapscope(command, endless, time, "8000h", flag, file)
        const inNoFolder = await run("no/such/folder/file")
        expect(inNoFolder.stderr).toMatch(/folder\/file cannot be written: ENOENT/)
        expect(inNoFolder.code).toBe(2)
        const aFolder = await run("project")
        expect(aFolder.stderr).toMatch(/project cannot be written: it is a folder/)
        expect(aFolder.code).toBe(2)
    })
})

test("compare puts two runs side by side", async () => {
    const { code, stdout } = await heapscope(
        "compare",
        "project/good.ts",
        "project/good.ts",
        "--json",
    )
    expect(JSON.parse(stdout)).toMatchObject({
        schema: "heapscope/compare-report@1",
        sameLog: true,
    })
    expect(code).toBe(0)
})

test("compare takes recordings, too, and says which it cannot take", async () => {
    const ticking = 'setInterval(() => console.log("tick"), 100)\n'
    writeFileSync(join(folder, "project/ticking.ts"), ticking)
    for (const name of ["old", "new"]) {
        const args = ["sim", "project/ticking.ts", "--for", "2s", "--record", `${name}.ndjson`]
        expect((await heapscope(...args, "--quiet")).code).toBe(0)
    }
    const { code, stdout } = await heapscope("compare", "old.ndjson", "new.ndjson", "--json")
    const report = JSON.parse(stdout) as { schema: string; rows: { told: string }[] }
    expect(report.schema).toBe("heapscope/compare-recordings@1")
    expect(new Set(report.rows.map(({ told }) => told))).toEqual(new Set(["same"]))
    expect(code).toBe(0)
    writeFileSync(join(folder, "world.ndjson"), "{}\n")
    for (const [args, message] of [
        [
            ["old.ndjson", "project/good.ts"],
            /old\.ndjson is a recording and project\/good\.ts is none/,
        ],
        [["old.ndjson", "old.ndjson"], /Both are old\.ndjson/],
        [["old.ndjson"], /holds one program alone/],
        [["old.ndjson", "world.ndjson"], /is not a recording/],
        [["old.ndjson", "nowhere.ndjson"], /cannot be read: ENOENT/],
        [["old.ndjson", "new.ndjson", "--for", "1h"], /--for goes with programs to run/],
    ] as const) {
        const { code, stdout, stderr } = await heapscope("compare", ...args)
        expect(stderr).toMatch(message)
        expect(stderr.trim().split("\n")).toHaveLength(1)
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    }
})

test("boards lists all six kinds of chip", async () => {
    const { stdout } = await heapscope("boards", "--json")
    const { boards } = JSON.parse(stdout) as {
        boards: { id: string; chip: string; heapBytes: number }[]
    }
    for (const chip of ["rp2040", "esp32", "esp32s2", "esp32c3", "esp32s3"])
        expect(boards.map(board => board.chip)).toContain(chip)
    expect(boards.map(board => board.id)).toEqual(expect.arrayContaining(["pico", "pico_w"]))
    const s2 = boards.filter(board => board.chip === "esp32s2")
    expect(new Set(s2.map(board => board.heapBytes))).toEqual(new Set([40 * 1024]))
})

test.each([["--help"], ["sim", "--help"], ["compare", "--help"], ["boards", "--help"]])(
    "%s %s exits 0 and fits 80 columns or so",
    async (...args) => {
        const { code, stdout } = await heapscope(...args)
        expect(code).toBe(0)
        expect(stdout).toMatch(/Usage: heapscope/)
    },
)

test("explain says what a word means, by our name or the VM's, and lists them all", async () => {
    const frame = await heapscope("explain", "activation")
    expect(frame.stdout).toMatch(/^call frame {3}\(frame, activation\)\n {2}What a call/)
    const { stdout } = await heapscope("explain", "--json")
    const { schema, terms } = JSON.parse(stdout) as { schema: string; terms: unknown[] }
    expect(schema).toBe("heapscope/glossary@1")
    expect(terms.length).toBeGreaterThan(25)
})

test("layout takes a file from anywhere, draws it, and says where it is wrong", async () => {
    const file = join(folder, "order.ts")
    writeFileSync(file, "interface Order { paid: bool; total: f32; id: u16 }\n")
    const svg = join(folder, "order.svg")
    const { code, stdout } = await heapscope(
        "layout",
        file,
        "Order",
        "--svg",
        svg,
        "--count",
        "1,5",
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/declared +12 B +4 B +5 B +3 at 1, 2 at 10\n/)
    expect(stdout).toContain("0   a  .  .  .  b  b  b  b  c  c  .  .\n")
    expect(stdout).toContain("In this order it takes 8 B instead of 12 B")
    expect(readFileSync(svg, "utf8")).toMatch(/^<svg /)
    const { types } = JSON.parse((await heapscope("layout", file, "--json")).stdout) as LayoutReport
    expect(types[0]!.packed.bytes).toBe(7)
    for (const [args, message] of [
        [[file, "Odrer"], /declares no type Odrer: did you mean Order\?/],
        [[file, "--align", "3"], /--align 3: must be a power of two/],
        [[file, "--count", "0"], /--count 0: must be up to 8 numbers/],
        [[join(folder, "nowhere.ts")], /nowhere\.ts cannot be read/],
    ] as const) {
        const wrong = await heapscope("layout", ...args)
        expect(wrong.code).toBe(2)
        expect(wrong.stderr).toMatch(message)
    }
})

test("Ctrl-C ends a long run with its report and exit code 130", async () => {
    const log = join(folder, "begun.txt")
    const result = await new Promise<Ended>(resolve => {
        const args = [cli, "sim", "--for", "8000h", "--json", "--log", log]
        const child = execFile(
            process.execPath,
            args,
            { cwd: folder, maxBuffer: 1 << 26 },
            (error, stdout, stderr) =>
                resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        )
        // Before it has begun there is nothing to report.
        const looking = setInterval(() => {
            const hasBegun = existsSync(log) && statSync(log).size > 0
            if (!hasBegun && child.exitCode === null) return
            clearInterval(looking)
            child.kill("SIGINT")
        }, 20)
    })
    expect(result.code).toBe(130)
    expect(JSON.parse(result.stdout)).toMatchObject({ outcome: { kind: "running" } })
    expect(existsSync(join(folder, ".heapscope"))).toBe(false)
})

test("generate writes code once, tells what is out of date, and keeps what it did not make", async () => {
    const file = join(folder, "record.ts")
    writeFileSync(file, "interface Order { id: u24; paid: bool }\n")
    const again = () => heapscope("generate", "record.ts", "--host", "record.host.ts")
    const missing = await heapscope("generate", "record.ts", "--check")
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain("run heapscope generate record.ts")
    expect((await again()).stdout).toMatch(/✓ record\.generated\.ts written .*\n✓ record\.host\.ts/)
    expect((await again()).stdout).toContain("record.generated.ts up to date")
    expect((await heapscope("generate", "record.ts", "--check")).code).toBe(0)
    writeFileSync(file, "interface Order { id: u24; paid: bool; table: u8 }\n")
    const { code, stdout } = await heapscope("generate", "record.ts", "--check", "--json")
    expect(code).toBe(1)
    const { outputs, records } = JSON.parse(stdout) as GenerateReport
    expect(outputs[0]).toMatchObject({ file: "record.generated.ts", state: "outOfDate" })
    expect(records[0]).toMatchObject({ name: "Order", bytes: 5 })
    const own = await heapscope("generate", "record.ts", "--out", "plain.ts")
    expect(own.code).toBe(2)
    expect(own.stderr).toContain("was not made by heapscope generate")
    expect(readFileSync(join(folder, "plain.ts"), "utf8")).toBe("console.log(1)\n")
})
