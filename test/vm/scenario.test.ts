import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { checkScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import type { ScenarioFile } from "../../host/documents/scenario/scenario"
import type { SimReport } from "../../host/documents/sim-report"
import type { Program } from "../../host/model/program/program"
import { run, type RunOptions } from "../../host/simulator/run"
import { watchSimulation } from "../../host/tasks/watch-sim"
import { build, printed, vm } from "./harness"

/** Runs that have to be one document; in real time, too, when there are many. */
const RUNS = process.env["HEAPSCOPE_LONG"] ? 10 : 2

let folder: string
let house: Program
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-scenarios-"))
    house = await build("scenario-house")
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function settingsOf(said: ScenarioFile) {
    const text = JSON.stringify(said, null, 2)
    const scenario = checkScenario("a.json", said, { text, folder })
    return readRunSettings({ board: "pico", scenario })
}

async function play(said: ScenarioFile, of = house, more: Partial<RunOptions> = {}) {
    const { report } = await run(vm, { ...settingsOf(said), program: of, ...more })
    return report
}

const stepsOf = ({ scenario }: SimReport) => scenario!.steps.map(({ state }) => state)

describe("a step that fails", () => {
    it("says where it stands and what was seen instead", async () => {
        const { scenario, judgement } = await play({
            for: "25s",
            steps: [
                { after: "ready", press: "outside" },
                { press: "ready" },
                { turn: "doorbell", to: 1 },
                { set: { outside: [1, 2] } },
                { publish: { topic: "a", payload: "b" } },
                { expectLog: "never said", within: "2s" },
                { expectPicture: ["hello"], within: "1s" },
                { assert: "live < 2kB" },
            ],
        })
        expect(scenario!.passed).toBe(false)
        expect(scenario!.steps.map(({ saw }) => saw)).toEqual([
            expect.stringMatching(/^there is nothing to press on it: it is a temperature/),
            expect.stringMatching(/^the program has no role ready: it has doorbell, outside, /),
            "there is nothing to turn on it: it is a button",
            "a temperature reads one value, and 2 are given",
            "the program has connected to no broker until now",
            expect.stringMatching(/^\d+ lines were logged, the last was ".*", within 2 s$/),
            "it shows pixels, not lines: name a picture",
            expect.stringMatching(/^live was [\d,]+ B$/),
        ])
        expect(scenario!.steps[2]!.where).toBe("a.json:11")
        expect(judgement).toMatchObject({
            kind: "scenario",
            severity: "bad",
            headline: expect.stringContaining(
                "its scenario failed at press outside (a.json:4)",
            ) as string,
        })
    })

    it("on a role that the program does not know is refused before the run", async () => {
        const wrong = play({ steps: [{ press: "dorbell" }] })
        await expect(wrong).rejects.toThrow(
            "a.json:4: steps.0.press: the program has no role dorbell: did you mean doorbell?",
        )
    })

    it("or never came is not green, and says why", async () => {
        const report = await play({
            for: "5s",
            steps: [
                { after: "no such line", press: "doorbell" },
                { wait: "1s", wifi: "drop" },
            ],
        })
        expect(stepsOf(report)).toEqual(["late", "late"])
        expect(report.scenario!.steps.map(({ saw }) => saw)).toEqual([
            expect.stringMatching(
                /^no line with "no such line": \d+ lines were logged, .*; then the run was over after 5 s$/,
            ),
            "the step before it never began",
        ])
        expect(report.judgement.severity).toBe("bad")
    })
})

describe("what nobody names", () => {
    it("goes on as ever; what is named does nothing by itself", async () => {
        const { log } = await play({ for: "30s", steps: [{ at: "29s", press: "doorbell" }] })
        const rings = log.filter(({ text }) => text.startsWith("rings"))
        expect(rings.map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([29])
        expect(printed(log).some(text => text.startsWith("somebody in the hall"))).toBe(true)
    })
})

const EVENING: ScenarioFile = {
    for: "3s",
    devices: { outside: { reading: "wander 0..30" } },
    servers: [{ host: "*", size: "3kB" }],
    steps: [
        { after: "ready", press: "doorbell", times: 3, every: "300ms" },
        { expectLog: "rings 3" },
        { at: "2s", wifi: "drop" },
        { turn: "dial", by: 2 },
        { snapshot: "end" },
    ],
}

describe("the same seed", () => {
    it("gives the same run, in real time and watched, too", { timeout: 120_000 }, async () => {
        const reports: unknown[] = []
        for (let i = 0; i < RUNS; i++) reports.push({ ...(await play(EVENING)), wall: 0 })
        reports.push({ ...(await play(EVENING, house, { speed: 1 })), wall: 0 })
        for (const other of reports) expect(other).toEqual(reports[0])
        const { heap, gc, judgement } = reports[0] as SimReport
        const source = watchSimulation(house, { ...settingsOf(EVENING), speed: Infinity })
        for await (const event of source.events(new AbortController().signal)) {
            if (event.kind === "end") expect(event).toMatchObject({ heap, gc })
            if (event.kind === "judgement" && event.atMs === 3_000)
                expect(event.judgement).toEqual(judgement)
        }
    })
})

describe("a hostile world", () => {
    const hostile = { host: "hostile.example.com" }
    it.each<[string, ScenarioFile]>([
        ["a megabyte", { servers: [{ ...hostile, size: "1MB" }] }],
        ["a body without end", { servers: [{ ...hostile, endless: "body" }] }],
        ["headers without end", { servers: [{ ...hostile, endless: "headers" }] }],
        ["broken JSON", { servers: [{ ...hostile, body: '{"value": [1, 2' }] }],
        ["silence", { servers: [{ ...hostile, silent: true }] }],
        ["half an answer", { servers: [{ ...hostile, size: "5kB", cutOffAfter: 900 }] }],
    ])("of %s ends, and is bounded", { timeout: 20_000 }, async (_, said) => {
        const program = await build("scenario-hostile")
        const before = process.memoryUsage().arrayBuffers
        const report = await play({ for: "6s", ...said }, program)
        expect(["running", "panicked"]).toContain(report.outcome.kind)
        expect(report.world!.hosts![0]!.answeredBy).toBe("the scenario")
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64e6)
    })

    it(
        "of a flood of messages, and of a device that holds the bus",
        { timeout: 30_000 },
        async () => {
            const flood = await play({
                for: "40s",
                steps: [
                    {
                        ...{ after: "listening", wait: "1s", times: 2_000, every: "2ms" },
                        publish: { topic: "house/light", size: 200 },
                    },
                ],
            })
            expect(["running", "panicked"]).toContain(flood.outcome.kind)
            const held = await play({ for: "5s", i2c: [{ address: 0x51, holds: true }] })
            expect(held.log.some(({ text }) => /I2C|i2c/.test(text))).toBe(true)
        },
    )
})

it("files of a recorded world are answers, too", async () => {
    writeFileSync(join(folder, "none.ndjson"), "no record")
    expect(() => settingsOf({ servers: [{ host: "*", recording: "none.ndjson" }] })).toThrow(
        /a\.json:\d+: servers\.0\.recording: none\.ndjson/,
    )
})
