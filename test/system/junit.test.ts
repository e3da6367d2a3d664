import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { judgeBoard } from "../../host/analysis/budgets/judge-board"
import { BoardFigures } from "../../host/analysis/budgets/board-figures"
import { packageRoot } from "../../host/base/node/package-root"
import type { Budget } from "../../host/documents/check/report"
import { boardCheckJunit } from "../../host/sinks/ci/board-check-reports"

const root = packageRoot()
let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "heapscope-junit-"))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a validator of XML schemas says of a file. */
function validate(file: string) {
    const schema = join(root, "test/system/junit.xsd")
    return spawnSync("xmllint", ["--noout", "--schema", schema, file], { encoding: "utf8" })
}

test("a check's JUnit XML is valid, passed and failed", () => {
    const file = join(folder, "check.xml")
    const programs = ["live-objects", "die-leak"].map(name => `test/vm/programs/${name}.ts`)
    const flags = ["--for", "10s", "--budget", "live=1kB", "--quiet", "--junit", file]
    const { status } = spawnSync(
        process.execPath,
        [join(root, "dist/cli.js"), "check", ...programs, ...flags],
        { cwd: root },
    )
    expect(status).toBe(1)
    expect(validate(file)).toMatchObject({ status: 0 })
})

test("so is that of a real board, with what was left out; and the validator refuses what is none", () => {
    const budgets = (["live", "flash", "churn"] as const).map((figure): Budget => ({
        ...{ figure, limit: { value: 1 }, level: "error", of: `a <b> & "${figure}"` },
    }))
    const report = judgeBoard(budgets, {
        ...{ address: "/dev/ttyACM0", program: { entry: 'src/<main>&".ts' }, watchedMs: 1234 },
        ...{ board: { id: "pico", heapBytes: 65_536 }, figures: new BoardFigures(65_536, false) },
        judgement: {
            ...{ kind: "waiting", severity: "warning", headline: "a < b", evidence: [] },
            next: { command: "x", why: "y" },
        },
        ...{ deaths: 0, isOther: true, isInterrupted: false },
    })
    const file = join(folder, "board.xml")
    writeFileSync(file, boardCheckJunit(report))
    expect(validate(file)).toMatchObject({ status: 0 })
    writeFileSync(file, boardCheckJunit(report).replace(/ name="runs"/, ""))
    expect(validate(file).status).not.toBe(0)
})
