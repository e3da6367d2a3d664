import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import { run } from "../../host/simulator/run"
import { findBoard } from "../../host/boards/node/find-board"
import { readBoardSettings } from "../../host/api/run-settings"
import { WorldRecorder } from "../../host/simulator/world/record/world-recorder"
import { playWorld } from "../../host/simulator/world/record/played-world"
import { readWorldRecord } from "../../host/recording/world-record"
import { build, fromRoot, printed, runProgram, vm } from "./harness"

const NAME = "made-up-wants"
const settingsOf = (world: string) =>
    readBoardSettings({ world, cwd: fromRoot() }, `test/vm/programs/${NAME}.ts`)

it("gives a program what its text says that it wants, says so, and plays it back", async () => {
    const { board, makeWorld } = settingsOf("made-up")
    let recorder: WorldRecorder | undefined
    const forMs = 6_000
    const { report } = await runProgram(NAME, {
        ...{ board, forMs },
        makeWorld: (seed, program) => {
            recorder = new WorldRecorder(makeWorld(seed, program))
            return recorder.world
        },
    })
    expect(printed(report.log).map(line => line.trim())).toEqual([
        "host simulated.example.com",
        "port 1883",
        "user nobody",
        "identities 113 42",
        "upright true",
        'notecard {"total":1}',
        "told true",
    ])
    expect(report.judgement.severity).toBe("good")
    expect(report.world?.settings).toEqual([
        { name: "MQTT_HOST", value: '"simulated.example.com"' },
    ])
    expect(report.world?.madeUp).toContain('the setting MQTT_HOST ("simulated.example.com")')
    expect(board.id).toBe("adafruit_qt_py_c3")
    const evidence = report.judgement.evidence.join(" ")
    expect(evidence).toContain("ran on Adafruit QT Py ESP32-C3")
    expect(evidence).toContain("settings that nobody gave it: MQTT_PORT, MQTT_USER.")

    const record = recorder!.text({ program: await build(NAME), board }, forMs)
    const again = await runProgram(NAME, {
        ...{ board, forMs },
        makeWorld: () => playWorld(readWorldRecord(record, "record"), "record"),
    })
    expect({ ...again.report, wall: 0 }).toEqual({ ...report, wall: 0 })
})

it("gives it nothing in a strict world", async () => {
    const { makeWorld } = settingsOf("strict")
    const { report } = await runProgram(NAME, { board: findBoard("pico"), forMs: 1_000, makeWorld })
    expect(printed(report.log)[0]).toBe("host undefined")
    expect(report.judgement.evidence.join(" ")).toContain("MQTT_HOST, MQTT_PORT, MQTT_USER")
    expect(report.world?.settings).toBeUndefined()
})

it("makes up a sensor that is the project's own, and in no catalogue", async () => {
    const project = mkdtempSync(join(tmpdir(), "heapscope-wants-"))
    try {
        mkdirSync(join(project, "services"))
        writeFileSync(join(project, "devsconfig.json"), "{}")
        writeFileSync(
            join(project, "services", "ghostmeter.md"),
            "# Ghost Meter\n\n    identifier: 0x1f1dc7d6\n    extends: _sensor\n\nMeasures ghosts.\n\n## Registers\n\n    ro ghosts: u0.16 / @ reading\n\nHow many there are.\n",
        )
        writeFileSync(
            join(project, "main.ts"),
            `import { GhostMeter } from "@devicescript/core"
const meter = new GhostMeter()
meter.reading.subscribe(async () => {
    const ghosts = await meter.reading.read()
    console.log(ghosts >= 0 && ghosts <= 1 ? "ghosts" : "none")
})
`,
        )
        const { board, makeWorld } = readBoardSettings({ cwd: project }, "main.ts")
        const program = await buildProgram("main.ts", { cwd: project })
        const { report } = await run(vm, { program, board, forMs: 5_000, makeWorld })
        expect(printed(report.log)).toContain("ghosts")
        expect(printed(report.log)).not.toContain("none")
        expect(report.world?.unanswered).toEqual([])
    } finally {
        rmSync(project, { recursive: true })
    }
})

it("tells which handlers nobody has called, once everything has happened often", async () => {
    const { makeWorld } = settingsOf("made-up")
    const board = findBoard("pico")
    const evidenceOf = async (forMs: number) =>
        (await runProgram("idle-handler", { board, forMs, makeWorld })).report.judgement.evidence
    expect(await evidenceOf(20_000)).toEqual([])
    expect(await evidenceOf(600_000)).toEqual([
        expect.stringMatching(/^Nobody called what stands at \S+r\.ts:13 and \S+r\.ts:9 in all/),
    ])
})

it("takes the wireless network away from a program that listens for that, and tells it so", async () => {
    const { report } = await runProgram("wifi-outage", {
        forMs: 300_000,
        makeWorld: settingsOf("made-up").makeWorld,
    })
    expect(printed(report.log)).toEqual(["got 4", "lost 0", "got 4"])
    expect(report.judgement.evidence).toEqual([])
})
