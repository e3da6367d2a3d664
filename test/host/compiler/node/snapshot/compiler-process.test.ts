import { spawn } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest"
import { packageRoot } from "../../../../../host/base/node/package-root"
import type { CompileRequest } from "../../../../../host/compiler/node/compile-request"
import { CompilerThread } from "../../../../../host/compiler/node/compiler-thread"
import {
    CompilerProcess,
    ProcessEnded,
} from "../../../../../host/compiler/node/snapshot/compiler-process"
import {
    SNAPSHOT_FLAGS,
    type KeptSnapshot,
} from "../../../../../host/compiler/node/snapshot/kept-snapshot"
import { copyProject } from "../build-project"
import { makeOwnSnapshot, SNAPSHOT_TIMEOUT_MS } from "./made-snapshot"

let snapshot: KeptSnapshot
let remove: () => void
let request: CompileRequest

beforeAll(async () => {
    const made = await makeOwnSnapshot()
    snapshot = made.snapshot
    remove = made.remove
    copyFileSync(snapshot.path, `${snapshot.path}.good`)
}, SNAPSHOT_TIMEOUT_MS)
beforeEach(() => {
    request = { project: copyProject(), entry: "src/main.ts" }
})
afterAll(() => remove())

function start(): CompilerProcess {
    const compiler = CompilerProcess.start(snapshot)!
    onTestFinished(() => compiler.terminate())
    return compiler
}

const throughThread = new CompilerThread(60_000, () => undefined)

test(
    "it answers what a thread answers, one program after the other",
    { timeout: 120_000 },
    async () => {
        const compiler = start()
        const wrong = { ...request, entry: "src/broken.ts" }
        const nowhere = { ...request, project: join(request.project, "package.json") }
        const services = {
            project: join(packageRoot(), "test/vm/programs"),
            entry: "board-services.ts",
        }
        for (const asked of [request, wrong, request, services, nowhere])
            expect(await compiler.answer(asked)).toEqual(await throughThread.ask(asked))
        writeFileSync(join(request.project, "package.json"), "{")
        const failed = await compiler.answer(request)
        expect(failed).toHaveProperty("failure")
        expect(failed).toEqual(await throughThread.ask(request))
    },
)

test("what ends it has the thread take its place, and the snapshot stays", async () => {
    const compiler = start()
    const answer = compiler.answer(request)
    const failing = expect(answer).rejects.toThrow(ProcessEnded)
    await compiler.terminate()
    await failing
    await expect(compiler.answer(request)).rejects.toThrow(ProcessEnded)
    expect(snapshot.isThere).toBe(true)
})

test("who is interrupted leaves no process behind", { timeout: 60_000 }, async () => {
    const thread = new CompilerThread(60_000, () => snapshot)
    const started = vi.spyOn(CompilerProcess, "start")
    onTestFinished(() => started.mockRestore())
    const gone = new AbortController()
    const asked = thread.ask(request, gone.signal)
    const failing = expect(asked).rejects.toThrow("enough")
    await vi.waitUntil(() => started.mock.results.length > 0)
    gone.abort(new Error("enough"))
    await failing
    const compiler = started.mock.results[0]!.value as CompilerProcess
    await expect(compiler.answer(request)).rejects.toThrow(ProcessEnded)
    expect(snapshot.isThere).toBe(true)
})

test("it ends with the process that has started it", { timeout: 60_000 }, async () => {
    const parent = spawn(process.execPath, ["-e", PARENT, process.execPath, ...argsOf(snapshot)], {
        stdio: ["ignore", "pipe", "inherit"],
    })
    const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]()
    const { value: pid } = (await lines.next()) as { value: string }
    const isThere = () => isRunning(Number(pid))
    expect(isThere()).toBe(true)
    parent.kill("SIGKILL")
    await once(parent, "exit")
    await vi.waitUntil(() => !isThere(), { timeout: 50_000, interval: 20 })
})

/** One that has ended, and that nobody has asked about, still has its number, and on Linux no arguments. */
function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0)
        return process.platform !== "linux" || readFileSync(`/proc/${pid}/cmdline`).length > 0
    } catch {
        return false
    }
}

/** Starts a process and tells its number. */
const PARENT = `
const { spawn } = require("node:child_process")
const [command, ...args] = process.argv.slice(1)
const child = spawn(command, args, { stdio: ["pipe", "pipe", "ignore"] })
child.stdin.write("{}\\n")
child.stdout.once("data", () => console.log(child.pid))
`

function argsOf({ path }: KeptSnapshot): string[] {
    return [...SNAPSHOT_FLAGS, "--snapshot-blob", path, join(packageRoot(), "dist")]
}

test.each<[string, (path: string) => void]>([
    ["cut short", path => truncateSync(path, 1 << 20)],
    ["empty", path => truncateSync(path, 0)],
    ["no snapshot", path => writeFileSync(path, "text".repeat(1000))],
    ["damaged within", damage],
])("one that is %s costs nothing but time", { timeout: 60_000 }, async (_, spoil) => {
    const partial = `${snapshot.path}.spoilt`
    copyFileSync(`${snapshot.path}.good`, partial)
    spoil(partial)
    snapshot.keep(partial)
    expect(snapshot.isThere).toBe(true)
    const thread = new CompilerThread(0, () => snapshot)
    expect(await thread.ask(request)).toEqual(await throughThread.ask(request))
    expect(snapshot.isThere).toBe(false)
    expect(snapshot.isWanted).toBe(false)
})

/** Changes a byte in each of many places, as V8 reads them. */
function damage(path: string): void {
    const bytes = readFileSync(path)
    for (let at = 4096; at < bytes.length; at += 4096) bytes[at]! ^= 0x55
    writeFileSync(path, bytes)
}
