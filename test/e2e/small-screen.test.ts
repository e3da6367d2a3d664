import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { build } from "../vm/harness"
import { LEAVE, openTerminal } from "./terminal"

const ROWS = 24
/** Colours, and what progress and screens draw over themselves with. */
// oxlint-disable-next-line no-control-regex -- the escape character is the point
const CODES = /\u001b\[[\d;?]*[a-zA-Z]/g
const leaking = join(packageRoot(), "test/vm/programs/die-leak.ts")
const run = ["--heap", "16KiB", "--for", "2m"]
const folder = mkdtempSync(join(tmpdir(), "heapscope-screen-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(() => build("die-leak"))

/** What stays on a terminal of 24 lines when a command has ended. */
async function lastScreen(args: readonly string[]): Promise<string> {
    const terminal = openTerminal(args, { columns: 80, rows: ROWS })
    const { output } = await terminal.ended()
    const text = output.slice(Math.max(0, output.lastIndexOf(LEAVE))).replace(CODES, "")
    const lines = text.trimEnd().split(/\r?\n/)
    // An address stays whole: nobody could follow it else.
    const isAddress = (line: string) => /^ *https:\S+$/.test(line)
    for (const line of lines.filter(line => !isAddress(line)))
        expect(line.length).toBeLessThanOrEqual(80)
    return lines
        .slice(-ROWS + 1)
        .join(" ")
        .replace(/\s+/g, " ")
}

const snapshot = (...args: string[]) => ["snapshot", leaking, "--heap", "16KiB", ...args]

test.each<[string, string[], RegExp]>([
    ["sim", ["sim", leaking, ...run], /✗ .*out of memory after.*never stops growing/],
    [
        "sim with all there is",
        ["sim", leaking, ...run, "--leaks", "--advice"],
        /✗ .*never stops growing.* do: /,
    ],
    ["check", ["check", leaking, ...run], /✗ .*out of memory after/],
    ["compare", ["compare", leaking, leaking, ...run], /✗ .*out of memory after/],
    ["profile", ["profile", leaking, ...run], /✗ .*out of memory after/],
    ["snapshot", snapshot("--at-panic"), /! .* live \([\d.]+ %\); \S+ keeps/],
    [
        "diff",
        ["diff", leaking, "--heap", "16KiB", "--from", "500ms", "--to", "1s"],
        /! \+[\d,]+ B live; \S+ keeps/,
    ],
    ["watch", ["watch", leaking, "--heap", "16KiB", "--speed", "max"], /✗ .*out of memory after/],
    [
        "lesson",
        ["lesson", "keep-last"],
        /become .* by hand, in [\d.]+x the board time; .*Answer: [\d,]+ B/,
    ],
])(
    "the last 24 lines of %s say what is wrong and what to run next",
    async (name, args, verdict) => {
        const terminal = name === "watch" ? watched(args) : lastScreen(args)
        const shown = await terminal
        expect(shown).toMatch(verdict)
        expect(shown).toMatch(/next: heapscope (sim|fix|check|diff|lesson|explain) /)
    },
)

/** A screen that is over stays until somebody quits. */
async function watched(args: readonly string[]): Promise<string> {
    const terminal = openTerminal(args, { columns: 80, rows: ROWS })
    await terminal.until("that was all")
    // The judgement is on the live screen, too.
    expect(terminal.output().replace(CODES, "")).toMatch(/✗ .*out of memory/)
    terminal.type("q")
    const { output } = await terminal.ended()
    return output.slice(output.lastIndexOf(LEAVE)).replace(CODES, "").replace(/\s+/g, " ")
}

test("people are told which files were written, unless it is to be quiet", async () => {
    const svg = join(folder, "leak.svg")
    const told = async (...flags: string[]) =>
        (await openTerminal(["sim", leaking, ...run, "--svg", svg, ...flags]).ended()).output
    expect(await told()).toContain(`heapscope: wrote ${svg}`)
    expect(await told("--quiet")).not.toContain("wrote")
})
