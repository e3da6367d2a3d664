import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { Ajv, type AnySchema, type ValidateFunction } from "ajv"
import { describe, expect, test } from "vitest"
import { checkReport, checkRun } from "../../host/analysis/check"
import { fitProgram } from "../../host/api/fit"
import { findWorst } from "../../host/api/worst"
import { layoutReport } from "../../host/analysis/layout/layout-report"
import { compareReports } from "../../host/analysis/compare"
import { compareRecordings } from "../../host/analysis/recordings/compare-recordings"
import { RecordedRun } from "../../host/analysis/recordings/recorded-run"
import { sizeDifference } from "../../host/analysis/size/size-difference"
import { fleetReport } from "../../host/analysis/fleet/fleet-report"
import { sizeReport } from "../../host/analysis/size/size-parts"
import { diffSnapshots } from "../../host/analysis/snapshot/diff"
import { SnapshotView } from "../../host/analysis/snapshot/snapshot-view"
import { boardFacts } from "../../host/boards/board-facts"
import { allBoards } from "../../host/boards/node/find-board"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { generateCode } from "../../host/compiler/generate/generate-file"
import { readTypes } from "../../host/compiler/schema/read-types"
import { failureOf, UserError } from "../../host/base/errors"
import { toJson } from "../../host/base/json"
import type { GenerateReport } from "../../host/documents/layout/generate-report"
import { RECORDING_SCHEMA, type RecordingHeader } from "../../host/documents/recording-format"
import { knownRun } from "../../host/documents/check/baseline"
import { measure } from "../../host/tasks/check/measure"
import { adviseRun } from "../../host/tasks/advice-run"
import { doctor } from "../../host/tasks/doctor/doctor"
import { findLesson } from "../../host/tasks/lesson/catalogue"
import { lessonsReport } from "../../host/tasks/lesson/lessons-report"
import { studyLesson } from "../../host/tasks/lesson/study"
import { differenceOfProfiles } from "../../host/analysis/profile/profile-difference"
import { BoardFigures } from "../../host/analysis/budgets/board-figures"
import { judgeBoard } from "../../host/analysis/budgets/judge-board"
import { profileRun } from "../../host/tasks/profile-run"
import { watchSimulation } from "../../host/tasks/watch-sim"
import { build, fromRoot, runProgram, vm } from "./harness"
import { snapshotsOf } from "./snapshots"

const FOLDER = fromRoot("host/documents/schemas")
const NAMES = readdirSync(FOLDER).map(file => file.replace(".schema.json", ""))
const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }

function schemaOf(name: string): AnySchema {
    return JSON.parse(readFileSync(`${FOLDER}/${name}.schema.json`, "utf8")) as AnySchema
}

/** The same schema, which takes no member that it does not name: none is printed that has no type. */
function strict(schema: unknown): AnySchema {
    return JSON.parse(
        JSON.stringify(schema, (_, value: unknown) =>
            typeof value === "object" && value !== null && "properties" in value
                ? { additionalProperties: false, ...value }
                : value,
        ),
    ) as AnySchema
}

/** One each for all schemas: what it makes of the schema of schemas, it makes once. */
const plainly = new Ajv({ strict: false })
const strictly = new Ajv({ allErrors: true, strict: false })
const validators = new Map<string, ValidateFunction>()

/** What is wrong with a document as it is printed. */
function errorsOf(name: string, document: unknown): unknown {
    const isValid = validators.get(name) ?? strictly.compile(strict(schemaOf(name)))
    validators.set(name, isValid)
    return isValid(JSON.parse(toJson(document))) ? [] : isValid.errors
}

/** A few seconds of a program with structures, as they would be recorded. */
async function recordedAgent() {
    const source = watchSimulation(await build("agent"), {
        ...{ board, forMs: 5000, speed: Infinity, seed: 1 },
    })
    const header = {
        ...{ schema: RECORDING_SCHEMA, ...source.about },
        startedAt: new Date().toISOString(),
    } satisfies RecordingHeader
    const run = new RecordedRun(header)
    for await (const event of source.events(new AbortController().signal)) run.add(event, 10)
    return { header, run }
}

describe("the JSON Schemas hold for documents as they are printed", () => {
    test("of the boards", () => {
        const boards = [...allBoards()].map(boardFacts)
        expect(errorsOf("boards", { schema: "heapscope/boards@1", boards })).toEqual([])
    })

    test("of what is amiss with a machine", async () => {
        const open = () => expect.unreachable("no board is asked")
        const report = await doctor({ cwd: fromRoot(), open, withoutBoard: true })
        expect(errorsOf("doctor", report)).toEqual([])
    })

    test("of a fleet", () => {
        const outputs = [{ name: "remoteWrite", sent: 1, waiting: 2, dropped: 3, failure: "no" }]
        const report = fleetReport({ boards: new Map(), refused: 0 }, outputs, 10)
        expect(errorsOf("fleet", report)).toEqual([])
        expect(errorsOf("fleet", { ...report, outputs: [1] })).not.toEqual([])
    })

    test("of what takes the flash", async () => {
        const [before, after] = await Promise.all(["counting", "fit-large"].map(build))
        const [old, own] = [sizeReport(before!), sizeReport(after!)]
        const report = { ...own, difference: sizeDifference(old, own) }
        expect(errorsOf("size", report)).toEqual([])
    })

    test("of what fits where", async () => {
        const report = await fitProgram(await build("fit-large"), {
            for: "5s",
            jobs: 1,
            boards: ["pico", "msr48"],
        })
        expect(errorsOf("fit", report)).toEqual([])
    })

    test("of layouts", () => {
        const text = "interface A { a: u8; b?: string }\ntype B = { k: 1; a: A } | { k: 2; c: f64 }"
        const { types } = readTypes(loadCompiler().compiler.typescript, text, "a.ts")
        const boards = [{ id: "pico", heapBytes: 65_536, capacityBytes: 65_524 }]
        const report = layoutReport(types, { file: "a.ts", counts: [1, 100], align: 64, boards })
        expect(errorsOf("layout", report)).toEqual([])
        const wrong = { ...report, heaps: [{ heapBytes: 1, boards: [1] }] }
        expect(errorsOf("layout", wrong)).not.toEqual([])
    })

    test("of what is generated", () => {
        const { typescript } = loadCompiler().compiler
        const record = "interface A { a: u8; b?: bits<3> }"
        const menu = "name,price\nSoup,4.50\nRoast,16.90\n"
        for (const [file, text] of [
            ["a.ts", record],
            ["menu.csv", menu],
        ] as const) {
            const isTable = file === "menu.csv"
            const { facts } = generateCode(typescript, { text, file, layout: "packed", isTable })
            const outputs: GenerateReport["outputs"] = [
                { for: "board", file: "a.generated.ts", state: "written" },
            ]
            const report: GenerateReport = {
                ...{ schema: "heapscope/generate@1", file, outputs },
                ...facts,
            }
            expect(errorsOf("generate", report)).toEqual([])
            expect(errorsOf("generate", { ...report, outputs: [1] })).not.toEqual([])
        }
    })

    test("of a worst case; and for the station's scenarios", async () => {
        const program = await build("test/vm/programs/worst/burst-button.ts")
        const report = await findWorst(program, { for: "2s", runs: 3, board: "pico" })
        expect(errorsOf("worst", report)).toEqual([])
        const wrong = { ...report.worst, scenario: { stepz: [] } }
        expect(errorsOf("worst", { ...report, worst: wrong })).not.toEqual([])
        for (const name of ["rush-hour", "evening"]) {
            const text = readFileSync(fromRoot(`devs/station/${name}.scenario.json`), "utf8")
            expect(errorsOf("scenario", JSON.parse(text))).toEqual([])
        }
    })

    test("of runs: alive, dead, with all that can be asked for; checked and compared", async () => {
        const program = await build("die-leak")
        const dead = await adviseRun(vm, { program, board, forMs: 600_000, leaks: true })
        expect(dead.report.advice).not.toEqual([])
        const alive = await runProgram("devs/station/main.ts", { forMs: 10_000 })
        for (const { report, samples } of [dead, alive])
            expect(errorsOf("sim-report", { ...report, samples })).toEqual([])
        const leaks = [{ ...dead.report.leaks![0]!, colour: "red" }]
        expect(errorsOf("sim-report", { ...dead.report, leaks })).toMatchObject([
            { params: { additionalProperty: "colour" } },
        ])
        const measured = await measure(vm, { program, board, forMs: 60_000 })
        const budgets = [
            { figure: "live", limit: { value: 1 }, level: "error", of: "budgets.live" } as const,
            { figure: "churn", limit: { byShare: 0.02 }, level: "warning", of: "b" } as const,
        ]
        const before = { name: "before", runs: [knownRun(checkRun(measured, { budgets }))] }
        before.runs[0]!.figures.live = 7
        const checks = [checkRun(measured, { budgets }, before), checkRun(measured, {})]
        expect(checks[0]!.change!.figures).not.toEqual([])
        expect(errorsOf("check-report", checkReport(checks))).toEqual([])
        const seen = new BoardFigures(board.heapBytes, false)
        seen.add({ kind: "sample", ...alive.samples.at(-1)!, estimate: { errorBytes: 400 } })
        const ofBoard = judgeBoard(budgets, {
            ...{ address: "/dev/ttyACM0", program: { entry: "a.ts" }, watchedMs: 1000, deaths: 1 },
            ...{ board: { id: "pico", heapBytes: board.heapBytes }, figures: seen },
            ...{ judgement: alive.report.judgement, isOther: false, isInterrupted: true },
        })
        expect(errorsOf("board-check", ofBoard)).toEqual([])
        const comparison = compareReports(dead.report, alive.report)
        expect(errorsOf("compare-report", comparison)).toEqual([])
        const { profile } = await profileRun(vm, { program, board, forMs: 1000, advice: true })
        expect(errorsOf("profile", profile)).toEqual([])
        const options = { program, board, forMs: 1000, temporary: 5 }
        const sides = [profile, (await profileRun(vm, options)).profile].map(one => ({
            name: "one",
            profile: one,
            texts: new Map<string, string>(),
        }))
        const difference = differenceOfProfiles("programs", sides[0]!, sides[1]!, "live")
        expect(difference.lines).not.toEqual([])
        expect(errorsOf("profile-difference", difference)).toEqual([])
    })

    test("of snapshots and their difference", async () => {
        const moments = [1000, 5000].map(atMs => ({ kind: "time", atMs }) as const)
        const { snapshots } = await snapshotsOf("die-leak", moments)
        for (const snapshot of snapshots) expect(errorsOf("snapshot", snapshot)).toEqual([])
        const [before, after] = snapshots.map(snapshot => new SnapshotView(snapshot!))
        expect(errorsOf("diff", diffSnapshots(before!, after!))).toEqual([])
    })

    test("of two recordings", async () => {
        const { header, run } = await recordedAgent()
        const dead = new RecordedRun(header)
        const stack = [{ function: "f", file: "src/main.ts", line: 1, column: 1 }]
        dead.add({ kind: "panic", atMs: 5, code: 60_004, stack }, 5)
        const [a, b] = [run, dead].map(one => ({ run: one, summary: one.summary("a", "00") }))
        for (const [one, other] of [
            [a, b],
            [b, a],
            [a, a],
        ] as const) {
            const report = compareRecordings(one!, other!)
            expect(errorsOf("compare-recordings", report)).toEqual([])
        }
    })

    test("of a lesson, and of a failure", async () => {
        const study = await studyLesson(vm, findLesson("heap"), { board, speed: false })
        expect(errorsOf("lessons", lessonsReport([study], board))).toEqual([])
        const error = failureOf(new UserError("E_BOARD_FILE", "there is no such board"))
        expect(errorsOf("error", { error })).toEqual([])
    })
})

test.each(NAMES)("%s is a schema that refuses what is no such document", name => {
    const isValid = plainly.compile(schemaOf(name))
    // A scenario need not say anything.
    const empty = name === "scenario" ? { steps: 1 } : {}
    for (const wrong of [[], empty, 1, { schema: `heapscope/${name}@2` }])
        expect(isValid(wrong)).toBe(false)
})

test.runIf(process.env.HEAPSCOPE_LONG)("they are what the types say", { timeout: 120_000 }, () => {
    const script = fromRoot("test/json-schemas.mjs")
    const { status, stderr } = spawnSync(process.execPath, [script, "--check"], {
        encoding: "utf8",
    })
    expect(stderr).toBe("")
    expect(status).toBe(0)
})
