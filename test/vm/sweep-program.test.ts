import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { buildWith, findConstant } from "../../host/tasks/sweep"
import { sweepProgram } from "../../host/tasks/sweep-program"
import { findBoard } from "../../host/boards/node/find-board"
import { run } from "../../host/simulator/run"
import { fromRoot, vm } from "./harness"

const folder = mkdtempSync(fromRoot("devs", ".sweep-"))
afterAll(() => rmSync(folder, { recursive: true }))

test.runIf(process.env["HEAPSCOPE_LONG"])(
    "a sweep finds the very value with which a program dies",
    async () => {
        const file = join(folder, "kept.ts")
        writeFileSync(
            file,
            "const SIZE = 5\nconst kept: number[][] = []\nfor (let i = 0; i < SIZE; i++) kept.push([i, i])\nconsole.log(kept.length)\n",
        )
        const constant = findConstant(file, "SIZE")
        const build = (n: number) => buildWith(file, constant, n, { cwd: folder })
        const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
        // Alike but for the pins that one of them has: they take heap.
        const small = { ...board, id: "small", heapBytes: 8192 }
        const pinned = { ...findBoard("pico"), id: "pinned", heapBytes: 8192 }
        const options = { board, forMs: 500 }
        const { series } = await sweepProgram(vm, [{ entry: "kept.ts", build }], {
            ...{ ...options, name: "SIZE", values: [20, 250], boards: [small, pinned] },
        })
        const [{ points, deaths }] = series as [(typeof series)[0]]
        expect(points.map(({ n }) => n)).toEqual([20, 250])
        expect(points[1]!.liveBytes).toBeGreaterThan(points[0]!.liveBytes + 230 * 40)
        expect(deaths.map(({ boards }) => boards)).toEqual([["small"], ["pinned"]])
        for (const [i, on] of [small, pinned].entries()) {
            const n = deaths[i]!.diesFrom!
            expect(deaths[i]!.panicName).toBe("out-of-memory")
            const outcome = async (n: number) => {
                const all = { ...options, board: on, program: await build(n) }
                return (await run(vm, all)).report.outcome.kind
            }
            expect(await outcome(n)).toBe("panicked")
            expect(await outcome(n - 1)).toBe("finished")
        }
        expect(deaths[1]!.diesFrom).toBeLessThan(deaths[0]!.diesFrom!)
    },
)
