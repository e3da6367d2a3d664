#!/usr/bin/env node
// Runs two builds of heapscope side by side: what each command takes, and which of its JSON differs.
//
//   node test/bench/builds.mjs <old> [command ...]     e.g. node test/bench/builds.mjs v0.3.0 sim watch
//
// <old> is the folder of a checkout that is built, or a commit of this one. Exits with 1 when something
// differs that is not listed in EXPECTED, or a command takes more than 1.05 times as long. Of builds from
// before there was a world around the board, what a command takes with its world is told beside it.
// TIMES=1 tells times alone; ROUNDS=5 runs each command so often; ONLY=station takes the programs whose
// path has that in it.
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

/** What may differ from builds before the flow of events was one, by a pattern of `command place`. */
const EXPECTED = [
    [/\b(wall|speed)\b/, "real time: it differs every time"],
    [
        /^check [^@]*@( devs\/station\/\S+ --json)+$/,
        "check has no --world: the station's button and encoder are answered",
    ],
    [/ vm\.version/, "the version of the VM"],
    [/outcome\.(verdict|message)/, "one judgement of growth names what a program died of"],
    [/\.?leaks\b/, "one judgement of growth: whether a leak is one"],
    [/^check .*(passed|failures)/, "check fails for what the one judgement finds"],
    [/trend\b/, "one judgement of growth: trend and leaks cannot contradict each other"],
    [/\b(heapscope|asked|expected)\b/, "documents say who made them, and what was asked for"],
    [/\badvice\b/, "advice leads with what the judgement found"],
]
/** Runs of each command and build, alternately; the quickest counts. */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const ONLY = process.env.ONLY ?? ""
const MAX_RATIO = 1.05

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..")
const [oldName, ...only] = process.argv.slice(2)
if (oldName === undefined) {
    console.error("say which build to compare with: a folder, or a commit")
    process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), "heapscope-builds-"))
const usage = join(folder, "usage")
const hook = join(folder, "usage.mjs")
writeFileSync(
    hook,
    `import { writeFileSync } from "node:fs"
process.on("exit", () => {
    const { user, system } = process.cpuUsage()
    writeFileSync(${JSON.stringify(usage)}, String((user + system) / 1000))
})`,
)

const LESSONS = ["string-building", "pool", "packed", "interning", "iterator-chains"]
const STATION = ["devs/station/main.ts", "devs/station/wasteful.ts"]
const PROGRAMS = [...STATION, ...LESSONS.map(name => `devs/lessons/${name}/wasteful.ts`)]
const COMMANDS = {
    sim: PROGRAMS.map(entry => ["sim", entry, "--samples", "--json"]),
    check: PROGRAMS.map(entry => ["check", entry, "--json"]),
    compare: [
        ["compare", STATION[1], STATION[0], "--json"],
        ...LESSONS.map(name => {
            const of = kind => `devs/lessons/${name}/${kind}.ts`
            return ["compare", of("wasteful"), of("by-hand"), "--json"]
        }),
    ],
    profile: PROGRAMS.map(entry => ["profile", entry, "--json"]),
    snapshot: STATION.map(entry => ["snapshot", entry, "--at", "5s", "--json"]),
    watch: PROGRAMS.map(entry => ["watch", "--sim", entry, "--for", "1s", "--json"]),
    lesson: LESSONS.map(name => ["lesson", name, "--json"]),
}
// A lesson's program is over before a snapshot is wanted: while it runs, its first words are a moment.
for (const name of LESSONS)
    COMMANDS.snapshot.push([
        ...["snapshot", `devs/lessons/${name}/wasteful.ts`],
        ...["--at-text", "work ends", "--json"],
    ])

let failures = 0
try {
    const old = buildOf(oldName)
    for (const [command, calls] of Object.entries(COMMANDS)) {
        if (only.length > 0 && !only.includes(command)) continue
        const asked = calls.filter(call => call[0] === "lesson" || call.join(" ").includes(ONLY))
        if (asked.length > 0) compare(command, asked, old)
    }
} finally {
    rmSync(folder, { recursive: true, force: true })
    spawnSync("git", ["-C", root, "worktree", "prune"])
}
process.exitCode = failures > 0 ? 1 : 0

/** The command line of a build. */
function buildOf(name) {
    const built = join(resolve(name), "dist/cli.js")
    if (existsSync(built)) return built
    const tree = join(folder, "old")
    const git = spawnSync("git", ["-C", root, "worktree", "add", "--detach", tree, name])
    if (git.status !== 0) throw new Error(`${name} is no built folder and no commit: ${git.stderr}`)
    symlinkSync(join(root, "node_modules"), join(tree, "node_modules"))
    const build = spawnSync(process.execPath, ["host/prepare.mjs"], { cwd: tree })
    if (build.status !== 0) throw new Error(`${name} cannot be built: ${build.stderr}`)
    return join(tree, "dist/cli.js")
}

function compare(command, calls, old) {
    const found = new Map()
    const took = { old: 0, new: 0, inWorld: 0 }
    const now = join(root, "dist/cli.js")
    for (const call of calls) {
        const times = { old: [], new: [], inWorld: [] }
        const result = {}
        const builds = { old: [old, call], new: [now, inNoWorld(call)], inWorld: [now, call] }
        if (builds.new[1] === call) delete builds.inWorld
        // What is compiled for the first time is none of the command's business.
        for (const [cli, args] of Object.values(builds)) run(cli, args)
        for (let round = 0; round < ROUNDS; round++)
            for (const [name, [cli, args]] of Object.entries(builds)) {
                result[name] = run(cli, args)
                times[name].push(result[name].cpuMs)
            }
        for (const name of Object.keys(builds)) took[name] += Math.min(...times[name])
        if (result.old.status !== result.new.status)
            note(found, `exit code ${result.old.status}, now ${result.new.status}`, call)
        differences(result.old.document, result.new.document, "", what => note(found, what, call))
    }
    const ratio = took.new / took.old
    if (ratio > MAX_RATIO) failures++
    console.log(
        `${command.padEnd(9)} ${took.old.toFixed(0)} ms of a processor, now ${took.new.toFixed(0)} ms: ` +
            `${ratio.toFixed(3)}x${ratio > MAX_RATIO ? "  TOO SLOW" : ""}` +
            (took.inWorld > 0 ? `, with its world ${(took.inWorld / took.old).toFixed(3)}x` : ""),
    )
    for (const [what, where] of process.env.TIMES ? [] : found) {
        const [, why] =
            EXPECTED.find(([pattern]) => pattern.test(`${command} ${what} @ ${where.join(" ")}`)) ??
            []
        if (why === undefined) failures++
        console.log(
            `    ${why ? "expected" : "DIFFERS "} ${what} (${where.length}x: ${where[0]})${why ? ` · ${why}` : ""}`,
        )
    }
}

/** As before there was a world around the board: nothing is connected to it. */
function inNoWorld(call) {
    const hasWorld = ["sim", "compare", "profile", "snapshot"].includes(call[0])
    return hasWorld ? [...call, "--world", "none"] : call
}

function note(found, what, call) {
    found.set(what, [...(found.get(what) ?? []), call.slice(1, 3).join(" ")])
}

function run(cli, args) {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", pathToFileURL(hook).href, cli, ...args],
        { cwd: root, encoding: "utf8", maxBuffer: 1 << 30 },
    )
    let document
    try {
        document = args[0] === "watch" ? events(stdout) : JSON.parse(stdout)
    } catch {
        document = { stdout, stderr }
    }
    return { status, document, cpuMs: Number(readFileSync(usage, "utf8")) }
}

/** The events of a watch by kind: kinds that an older build does not have are no difference. */
function events(text) {
    const byKind = {}
    for (const line of text.split("\n").filter(Boolean)) {
        const event = JSON.parse(line)
        ;(byKind[event.kind] ??= []).push(event)
    }
    return byKind
}

/** What of the old document is not in the new one; what was added is no difference. */
function differences(before, after, place, tell) {
    if (Object.is(before, after)) return
    const isObject = value => typeof value === "object" && value !== null
    if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
        return tell(place || "all of it")
    if (Array.isArray(before) && before.length !== after.length) return tell(`${place}[] length`)
    for (const key of Object.keys(before))
        differences(
            before[key],
            after[key],
            Array.isArray(before) ? `${place}[]` : place === "" ? key : `${place}.${key}`,
            tell,
        )
}
