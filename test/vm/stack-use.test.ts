import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import { run } from "../../host/simulator/run"
import { fromRoot, vm } from "./harness"

const folder = mkdtempSync(fromRoot("devs", ".stack-"))
afterAll(() => rmSync(folder, { recursive: true }))

test("the deepest call, its frames and the longest turn are those that the program makes", async () => {
    const file = join(folder, "deep.ts")
    // A frame takes 24 bytes, and 8 for the parameter, and a word more for its header's rounding at most.
    writeFileSync(
        file,
        `import { delay } from "@devicescript/core"
function down(n: number): number { return n === 0 ? 0 : down(n - 1) + 1 }
for (let i = 0; i < 10; i++) { down(i * 9); await delay(1) }
let sum = 0
for (let i = 0; i < 4000; i++) sum += i
console.log(sum)
`,
    )
    const program = await buildProgram(file, { cwd: folder })
    const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
    const { report } = await run(vm, { program, board, forMs: 1000 })
    const { deepestCall, mostFrameBytes, longestTurn } = report.stack
    // down(81) is 82 calls, in the program's own.
    expect(deepestCall).toBe(83)
    expect(mostFrameBytes).toBeGreaterThanOrEqual(82 * 32)
    expect(mostFrameBytes).toBeLessThan(83 * 60)
    expect(longestTurn).toBeGreaterThan(4000 * 5)
    expect(longestTurn).toBeLessThan(4000 * 40)
    expect(report.judgement.kind).toBe("tight")
})
