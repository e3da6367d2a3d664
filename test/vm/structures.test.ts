import { once } from "node:events"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { Worker } from "node:worker_threads"
import { build as bundle } from "esbuild"
import { afterAll, expect, test } from "vitest"
import { NODE_TWINS } from "../../host/node-twins.mjs"
import { fromRoot, printed, runProgram } from "./harness"

/** A compile and a run on the VM, and a bundle and a run in Node. */
const BOTH_MS = 60_000

const folder = fromRoot("test", "vm", "programs")
/** The programs that use the library and nothing else: they run anywhere. */
const programs = readdirSync(folder)
    .filter(
        file => file.endsWith(".ts") && usesLibraryOnly(readFileSync(join(folder, file), "utf8")),
    )
    .map(file => file.replace(/\.ts$/, ""))

function usesLibraryOnly(source: string): boolean {
    const imports = [...source.matchAll(/ from "([^"]*)"$/gm)].map(([, from]) => from)
    return imports.length > 0 && imports.every(from => from?.startsWith("../../../src/"))
}

const made = mkdtempSync(join(tmpdir(), "heapscope-structures-"))
afterAll(() => rmSync(made, { recursive: true, force: true }))

/** Runs a device program in Node, as whoever installs the library would. @returns what it printed */
async function runInNode(name: string): Promise<string> {
    const outfile = join(made, `${name}.mjs`)
    await bundle({
        entryPoints: [join(folder, `${name}.ts`)],
        outfile,
        bundle: true,
        platform: "node",
        format: "esm",
        target: "node20",
        plugins: [NODE_TWINS],
    })
    // A thread of its own ends when nothing is left to do, too, in a quarter of a process's time.
    const thread = new Worker(outfile, { stdout: true, execArgv: [] })
    const [said, [code]] = await Promise.all([text(thread.stdout), once(thread, "exit")])
    expect(code).toBe(0)
    return said
}

test("there are programs", () => expect(programs.length).toBeGreaterThan(15))

test.each(programs)(
    "%s prints on the VM what it prints in Node",
    async name => {
        const { report } = await runProgram(name)
        // A program that ever used a timer is never finished.
        expect(["finished", "running"]).toContain(report.outcome.kind)
        const onBoard = printed(report.log).map(line => `${line}\n`)
        expect(onBoard.length).toBeGreaterThan(2)
        expect(onBoard.join("")).toBe(await runInNode(name))
    },
    BOTH_MS,
)
