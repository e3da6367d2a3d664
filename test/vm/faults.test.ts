import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import type { JudgementKind } from "../../host/documents/judgement"
import { adviseRun } from "../../host/tasks/advice-run"
import { build, fromRoot, runProgram, vm } from "./harness"

const FOLDER = "test/vm/programs/faults"
const MINUTE = 60_000

/** What each program is judged to be, and the advice that comes first. */
const FAULTS: [name: string, kind: JudgementKind, advice: RegExp][] = [
    ["list", "leak", /^keep the last \d+/],
    ["timer", "leak", /^clear the timer/],
    ["text", "leak", /^keep the last 1000 characters/],
    ["queue", "leak", /^bound the queue at \d+/],
    ["cache", "leak", /^forget what is old: keep \d+ entries/],
    ["closures", "leak", /^keep the values that are needed, not functions/],
    ["errors", "leak", /^keep the last \d+ messages, not the errors/],
    ["fibers", "leak", /^let one waiter go through a list/],
    ["chain", "leak", /^keep the last \d+ in an OverwritingRingBuffer instead of a chain/],
    ["subscription", "leak", /^subscribe once/],
    ["large", "too-large", /^draw into one buffer again/],
]
/** All of them with `HEAPSCOPE_LONG`, else the first few: each is two programs to compile. */
const TRIED = process.env.HEAPSCOPE_LONG ? FAULTS : FAULTS.slice(0, 3)

function lineHere(name: string): number {
    const lines = readFileSync(fromRoot(FOLDER, `${name}.ts`), "utf8").split("\n")
    const at = lines.findIndex(line => line.includes("// here"))
    return /^\s*\/\/ here/.test(lines[at]!) ? at + 2 : at + 1
}

describe.each(TRIED)("%s", (name, kind, advice) => {
    test(
        "is judged, with its line, and the first advice ends it",
        { timeout: 120_000 },
        async () => {
            const program = await build(`${FOLDER}/${name}.ts`)
            const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
            const { report } = await adviseRun(vm, { program, board, forMs: 5 * MINUTE })
            expect(report.judgement).toMatchObject({ kind, severity: "bad" })
            expect(report.judgement.at?.line).toBe(lineHere(name))
            const [first] = report.advice!
            expect(first?.instead).toMatch(advice)
            expect(first?.code).toBeTruthy()
            expect(first!.live!.after).toBeLessThan(first!.live!.before)

            const mended = await runProgram(`${FOLDER}/${name}-mended.ts`, { forMs: 10 * MINUTE })
            expect(mended.report.judgement.severity).toBe("good")
        },
    )
})
