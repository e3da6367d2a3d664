import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { planChecks } from "../../../host/api/check"
import { readRunSettings, type RunSettings } from "../../../host/api/run-settings"
import { planSnapshot } from "../../../host/api/snapshots"
import { flagName } from "../../../host/cli/run-options"

let cwd: string
beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), "heapscope-settings-"))
    writeFileSync(join(cwd, "devsconfig.json"), "{}")
    writeFileSync(join(cwd, "board.ts"), 'import { pins } from "@dsboard/esp32s2_bare"\n')
    writeFileSync(join(cwd, "unknown.ts"), 'import { pins } from "@dsboard/toaster"\n')
    writeFileSync(join(cwd, "any.ts"), "console.log(1)\n")
    writeFileSync(join(cwd, "bus.ts"), 'import { startSHT30 } from "@devicescript/drivers"\n')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const boardIds = (program: string, boards?: string[]) =>
    planChecks([program], { cwd, ...(boards && { boards }) }).flatMap(({ runs }) =>
        runs.map(({ board }) => board.id),
    )

test("a program runs on the board it imports, of those that are named on all, else on a pico", () => {
    expect(boardIds("board.ts")).toEqual(["esp32s2_bare"])
    expect(boardIds("any.ts")).toEqual(["pico"])
    expect(boardIds("unknown.ts")).toEqual(["pico"])
    expect(boardIds("bus.ts")).toEqual(["adafruit_qt_py_c3"])
    expect(boardIds("board.ts", ["pico", "pico"])).toEqual(["pico"])
    expect(boardIds("any.ts", ["all"]).length).toBeGreaterThan(5)
    expect(readRunSettings({ cwd }, { entry: "board.ts", board: "esp32s2_bare" }).board.id).toBe(
        "esp32s2_bare",
    )
    expect(planSnapshot({ cwd }, "board.ts").settings.board.id).toBe("esp32s2_bare")
})

test("a board that is not the program's is told of", () => {
    const told: string[] = []
    const onNotice = (text: string) => told.push(text)
    readRunSettings({ cwd, onNotice, board: "pico" }, "board.ts")
    readRunSettings({ cwd, onNotice }, "unknown.ts", flagName)
    readRunSettings({ cwd, onNotice, board: "esp32s2_bare" }, "board.ts")
    expect(told).toEqual([
        expect.stringMatching(/^board.ts is written for the board esp32s2_bare .* runs on pico/),
        expect.stringMatching(/^unknown.ts .* does not know: .* like it, with --board\.$/),
    ])
})

const WRONG: RunSettings[] = [
    { heap: "20" },
    { heap: "1MB" },
    { seed: -1 },
    { seed: "1e3" },
    { world: "real" },
    { for: "0s" },
    { for: "ten" },
    { sample: "0.5ms" },
    { sample: "1ms", for: "24h" },
    { timeout: 0 },
    { untilText: "" },
    { failText: "" },
]

test.each(WRONG)("%o is refused by the name it was given by", settings => {
    const [name = ""] = Object.keys(settings)
    expect(() => readRunSettings(settings)).toThrow(new RegExp(`^${name}\\b`))
    const flag = `--${name.replace("Text", "-text")}`
    expect(() => readRunSettings(settings, undefined, flagName)).toThrow(
        new RegExp(`^${flag}(?![-\\w])`),
    )
})

test("checks are refused by name, too", () => {
    expect(() => planChecks(["any.ts"], { cwd, maxLive: "much" }, flagName)).toThrow("--max-live:")
    expect(() => planChecks(["any.ts"], { cwd, for: "1s" })).toThrow("for 1s is too short")
    expect(() => planChecks(["any.ts"], { cwd, boards: ["all", "toaster"] })).toThrow("toaster")
})
