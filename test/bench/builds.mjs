#!/usr/bin/env node
// Runs two builds of heapscope side by side: what each command takes, and which of its JSON differs.
//
//   node test/bench/builds.mjs <old> [command ...]     e.g. node test/bench/builds.mjs v0.3.0 sim watch
//
// <old> is the folder of a checkout that is built, or a commit of this one. Exits with 1 when something
// differs that is not listed in EXPECTED, or a command takes more than 1.05 times as long. The older build
// is from before boards had pins and there was a world around them: both run every program on a board with
// no pins in no world. What a command takes on the Pico, with its world, is told beside it.
// TIMES=1 tells times alone, DOCUMENTS=1 what the documents say alone; ROUNDS=5 runs each command so
// often; ONLY=station takes the programs whose path has that in it.
import { spawnSync } from "node:child_process"
import {
    copyFileSync,
    existsSync,
    mkdtempSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

/**
 * What may differ from builds before the flow of events was one, by a pattern of `command place`; each with
 * the issue and the point of it that asks for it.
 */
const EXPECTED = [
    [/\bwall\b/, "real time: it differs every time"],
    [
        /(trend\.liveBytesPerHour|rows\[live trend\]\.(a|b|difference|ratio)) @/,
        "9.4, one judgement of growth: its pace is the one that leaks have, the median between floors",
    ],
    [
        /^check .*log\[\] length @/,
        "17.5, reports are to be kept: a check's has its log's last lines",
    ],
    [
        /^check .*(failures\[\] length|outcome\.message) @/,
        "9.4, one judgement of growth: a death and the leak that it died of are one failure",
    ],
    [
        /^check .*leaks\[\]\.heldAt\[\]\.(liveBytes|blocks) @/,
        "9.4, one judgement of growth: what a dead program held is what it held when it died",
    ],
    [
        /^snapshot nodes\[\]\.(allocatedAt|grownAt)\.(function|file|line|column) @/,
        "11.4, advice leads to the line: an object is made where its class is called",
    ],
    [
        /^lesson (schema|lessons\[\]\.(efficient|code\.efficient|ratios\.\w+)) @/,
        "12.1, lessons hold against plain code: the program by hand and the one with a structure",
    ],
    [/^lesson lessons\[\]\.(title|brief|why\[\]) @/, "12.1, and in what they teach by them"],
    [
        /^lesson lessons\[\]\.(log\[\]|wasteful\.\w+) @( string-building --json)+$/,
        "12.1, that one has eleven receipts for ten",
    ],
]
/** Runs of each command and build, alternately; the quickest counts. */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const ONLY = process.env.ONLY ?? ""
const MAX_RATIO = 1.05
/** With certificates of its own, Node's start takes three times as long, and makes any two builds alike. */
const { NODE_EXTRA_CA_CERTS: _, ...ENV } = process.env

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..")
const [oldName, ...only] = process.argv.slice(2)
if (oldName === undefined) {
    console.error("say which build to compare with: a folder, or a commit")
    process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), "heapscope-builds-"))
const bareBoard = makeBareBoard()
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
        const builds = { old: [old, call], new: [now, onBareBoard(call)], inWorld: [now, call] }
        if (builds.new[1] === call) delete builds.inWorld
        if (process.env.DOCUMENTS)
            for (const name of ["old", "new"]) result[name] = run(...builds[name])
        else {
            // What is compiled for the first time is none of the command's business.
            for (const [cli, args] of Object.values(builds)) run(cli, args)
            for (let round = 0; round < ROUNDS; round++)
                for (const [name, [cli, args]] of Object.entries(builds)) {
                    result[name] = run(cli, args)
                    times[name].push(result[name].cpuMs)
                }
            for (const name of Object.keys(builds)) took[name] += Math.min(...times[name])
        }
        if (result.old.status !== result.new.status)
            note(found, `exit code ${result.old.status}, now ${result.new.status}`, call)
        differences(comparable(result.old.document), comparable(result.new.document), "", what =>
            note(found, what, call),
        )
    }
    if (process.env.DOCUMENTS) console.log(command)
    else tellTimes(command, took)
    tellDifferences(command, found)
}

function tellTimes(command, took) {
    const ratio = took.new / took.old
    if (ratio > MAX_RATIO) failures++
    console.log(
        `${command.padEnd(9)} ${took.old.toFixed(0)} ms of a processor, now ${took.new.toFixed(0)} ms: ` +
            `${ratio.toFixed(3)}x${ratio > MAX_RATIO ? "  TOO SLOW" : ""}` +
            (took.inWorld > 0 ? `, with its world ${(took.inWorld / took.old).toFixed(3)}x` : ""),
    )
}

/** What differs, and why it may. */
function tellDifferences(command, found) {
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

/**
 * As before boards had pins and there was a world around them: a board of the same heap that has none and
 * says that it is the official simulator, and nothing is connected to it.
 */
function onBareBoard(call) {
    if (call[0] === "lesson") return call
    return [...call, "--world", "none", "--board", bareBoard, "--is-simulator"]
}

/** What older builds ran every program on, by the name of the board that they took for it. */
function makeBareBoard() {
    const board = {
        ...{ id: "pico", archId: "rp2040", productId: "0x3f000000", pins: {} },
        devName: "DeviceScript Simulator (WASM)",
    }
    const file = join(folder, "pico.board.json")
    writeFileSync(file, JSON.stringify(board))
    copyFileSync(join(root, "boards/pico.memory.json"), join(folder, "pico.memory.json"))
    return file
}

function note(found, what, call) {
    found.set(what, [...(found.get(what) ?? []), call.slice(1, 3).join(" ")])
}

function run(cli, args) {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import", pathToFileURL(hook).href, cli, ...args],
        { cwd: root, env: { ...ENV, HEAPSCOPE_KEPT: "0" }, encoding: "utf8", maxBuffer: 1 << 30 },
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

/** A document without what two builds of it cannot have alike. */
function comparable(document) {
    if (document.nodes && document.places) return comparableSnapshot(document)
    return document.lessons ? comparableLessons(document) : document
}

/** The program that all lessons have always had, in the place where it stood first. */
function comparableLessons(document) {
    const lessons = document.lessons.map(({ work, ...lesson }) => ({ ...lesson, ...work }))
    return { ...document, lessons }
}

/**
 * A snapshot as two builds of the VM can both tell it: addresses from the heap's first block on, and the
 * places themselves instead of their numbers.
 */
function comparableSnapshot(document) {
    const { nodes, blocks, places } = document
    const first = blocks[0][0]
    const placeOf = index => (index === undefined ? undefined : places[index])
    const moved = nodes.map(({ storage, address, allocatedAt, grownAt, ...node }) => ({
        ...node,
        ...(address && { address: address - first }),
        ...(storage && { storage: { ...storage, address: storage.address - first } }),
        ...{ allocatedAt: placeOf(allocatedAt), grownAt: placeOf(grownAt) },
    }))
    return {
        ...{ ...document, nodes: moved, places: undefined },
        blocks: blocks.map(([address, ...block]) => [address - first, ...block]),
    }
}

/** What an item of a list is called; lists of such have their items under that name. */
function nameOf(item) {
    const { metric, place, function: name, file, line, self } = item ?? {}
    return metric ?? place ?? (self && `${name} ${file}:${line}`)
}

/** What of the old document is not in the new one; what was added is no difference. */
function differences(before, after, place, tell) {
    if (Object.is(before, after)) return
    const isObject = value => typeof value === "object" && value !== null
    if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
        return tell(place || "all of it")
    if (Array.isArray(before)) {
        if (before.length > 0 && before.every(item => nameOf(item) !== undefined))
            return differencesByName(before, after, place, tell)
        if (before.length !== after.length) tell(`${place}[] length`)
        // A log may have lost its first lines; of any other list nothing can be said.
        if (/\blog$/.test(place)) before = before.slice(-after.length)
        else if (before.length !== after.length) return
    }
    for (const key of Object.keys(before))
        differences(
            before[key],
            after[key],
            Array.isArray(before) ? `${place}[]` : place === "" ? key : `${place}.${key}`,
            tell,
        )
}

/** The same of a list whose items have names: others may stand between them. */
function differencesByName(before, after, place, tell) {
    const byName = new Map(after.map(item => [nameOf(item), item]))
    for (const item of before) {
        const name = nameOf(item)
        differences(item, byName.get(name), `${place}[${name}]`, tell)
    }
    const names = before.map(nameOf)
    const found = after.map(nameOf).filter(name => names.includes(name))
    if (found.join() !== names.join()) tell(`${place}[] order`)
}
