import { expect, it } from "vitest"
import { readBoardSettings } from "../../host/api/run-settings"
import { run } from "../../host/simulator/run"
import { packageRoot } from "../../host/base/node/package-root"
import { build, printed, vm } from "./harness"

const isLong = Boolean(process.env["HEAPSCOPE_LONG"])
const FOR_MS = isLong ? 3_600_000 : 8_000

/** What each class is for, whether somebody can press anything on it, and how often it does its work. */
const CLASSES = [
    { name: "pico-lcd", board: "pico_w", everyMs: 1000 },
    { name: "grape-bit", board: "kittenbot_grapebit_esp32c3", everyMs: 1000 },
    { name: "pico-bricks", board: "pico_w", everyMs: 1000 },
    { name: "badger", board: "pico_w", everyMs: 10_000 },
    { name: "xiao", board: "seeed_xiao_esp32c3", everyMs: 1000 },
    { name: "grove-shield", board: "seeed_xiao_esp32c3", everyMs: 1000, isUntouched: true },
    { name: "matrix", board: "esp32_c3fh4_rgb", everyMs: 1000 },
]

it.each(isLong ? CLASSES : CLASSES.slice(0, 1))(
    "the library's class for a board, $name, has all of it answered",
    { timeout: 600_000 },
    async ({ name, board: id, everyMs, isUntouched }) => {
        const entry = `test/vm/programs/drivers/classes/${name}.ts`
        const { board, makeWorld } = readBoardSettings({ cwd: packageRoot() }, entry, flag => flag)
        expect(board.id).toBe(id)
        const program = await build(entry)
        const { report } = await run(vm, { program, board, forMs: FOR_MS, makeWorld, seed: 1 })
        expect(report.outcome).toEqual({ kind: "running" })
        expect(report.world!.unanswered).toEqual([])
        const log = printed(report.log)
        const kept = report.log.length < 10_000
        const turns = log.filter(line => line.startsWith("turn "))
        for (const turn of turns) expect(turn).not.toMatch(/undefined|NaN/)
        if (kept) expect(turns.length).toBeGreaterThanOrEqual(Math.floor(FOR_MS / everyMs) - 3)
        if (isLong) expect(new Set(turns).size).toBeGreaterThan(1)
        if (!isUntouched) expect(log.some(line => line.startsWith("pressed"))).toBe(true)
    },
)
