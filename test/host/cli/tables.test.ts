import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Command } from "commander"
import { afterEach, beforeEach, expect, test } from "vitest"
import type { CommandContext, ExitCode } from "../../../host/cli/command-context"
import { addWatchCommand } from "../../../host/cli/commands/watch"
import { SINKS } from "../../../host/sinks/sinks"
import { SOURCES } from "../../../host/tasks/sources"
import { madeUpSink } from "./made-up-sink"
import { madeUpSource } from "./made-up-source"

let folder: string
beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-tables-"))
    SOURCES.push(madeUpSource)
    SINKS.push(madeUpSink)
})
afterEach(() => {
    SOURCES.pop()
    SINKS.pop()
    rmSync(folder, { recursive: true, force: true })
})

/** The command as the command line has it, its output in a string. */
async function watch(...args: string[]) {
    let printed = ""
    let code: ExitCode | undefined
    const output = {
        isTTY: false,
        columns: 80,
        write: (text: string) => {
            printed += text
            return true
        },
        drained: () => Promise.resolve(),
        terminal: { isTTY: false },
    }
    const context = {
        ...{ cwd: folder, stdout: output, stderr: output },
        signal: new AbortController().signal,
    } as unknown as CommandContext
    const program = new Command().exitOverride()
    addWatchCommand(program, async task => void (code = await task(context)))
    await program.parseAsync(["node", "heapscope", "watch", ...args])
    return { code, printed }
}

test("a source and a sink of their own work through the tables, each one file and one line", async () => {
    const { code, printed } = await watch("--count", "3", "--csv", "live.csv")
    expect(code).toBe(0)
    expect(readFileSync(join(folder, "live.csv"), "utf8")).toBe(
        "seconds,live bytes of counting\n1,100\n2,200\n3,300\n",
    )
    expect(printed).toContain("[end] the program came to its end")
})

test("they go with those that there are: a recording of the new source is played into the new sink", async () => {
    expect((await watch("--count", "2", "--record", "run.ndjson", "--json")).code).toBe(0)
    const replayed = ["--replay", "run.ndjson", "--speed", "max", "--csv", "again.csv"]
    expect((await watch(...replayed)).code).toBe(0)
    expect(readFileSync(join(folder, "again.csv"), "utf8")).toContain("2,200\n")
})

test("the help has their flags, and the choice of sources names the new one", async () => {
    await expect(watch()).rejects.toThrow(/--count <number> \(a made-up one\)/)
    await expect(watch("--count", "1", "--replay", "x")).rejects.toThrow(/say what to watch/)
    const program = new Command()
    addWatchCommand(program, () => Promise.resolve())
    expect(program.commands[0]!.helpInformation()).toMatch(/--count <number>[^]*--csv <file>/)
})
