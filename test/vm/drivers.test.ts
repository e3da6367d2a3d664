import { expect, it } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { run } from "../../host/simulator/run"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { build, printed, vm } from "./harness"

/** An hour of each is for `npm run test:long`. */
const FOR_MS = Number(process.env["HEAPSCOPE_DRIVERS_MS"] ?? 40_000)
const libraries = loadWorldLibraries()

it.each([
    ["sensors", ["AHT20", "SHT30", "SHTC3", "LTR390", "BME680", "DA213B"], 10_000],
    ["others", ["lights"], 10_000],
])(
    "%s of the drivers tell values all the time",
    { timeout: 600_000 },
    async (name, told, every) => {
        const program = await build(`test/vm/programs/drivers/${name}.ts`)
        const { report } = await run(vm, {
            ...{ program, board: findBoard("pico"), forMs: FOR_MS },
            makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
        })
        expect(report.outcome).toEqual({ kind: "running" })
        expect(report.world?.unanswered).toEqual([])
        const log = printed(report.log)
        const rounds = Math.floor(FOR_MS / every) - 2
        for (const driver of told) {
            const lines = log.filter(line => line.startsWith(`${driver} `))
            expect(lines.length, driver).toBeGreaterThanOrEqual(rounds)
            expect(new Set(lines).size, driver).toBeGreaterThan(1)
            // A reading that does not fit is 65,536.
            for (const line of lines) expect(line).not.toMatch(/undefined|NaN|\b65536\b/)
        }
    },
)
