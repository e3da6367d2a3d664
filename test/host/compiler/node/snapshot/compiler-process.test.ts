import { spawn } from "node:child_process"
import { once } from "node:events"
import {
    copyFileSync,
    readdirSync,
    readFileSync,
    rmSync,
    truncateSync,
    writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest"
import { packageRoot } from "../../../../../host/base/node/package-root"
import type {
    CompileReply,
    CompileRequest,
} from "../../../../../host/compiler/node/compile-request"
import { CompilerThread } from "../../../../../host/compiler/node/compiler-thread"
import { askServer, SERVER_VARIABLE } from "../../../../../host/compiler/node/server/compile-client"
import {
    CompilerProcess,
    ProcessEnded,
} from "../../../../../host/compiler/node/snapshot/compiler-process"
import {
    KeptSnapshot,
    SNAPSHOT_FLAGS,
} from "../../../../../host/compiler/node/snapshot/kept-snapshot"
import { makeSnapshotLater } from "../../../../../host/compiler/node/snapshot/snapshot-maker"
import { copyProject, makeFolder } from "../build-project"
import { atWork, SNAPSHOT_TIMEOUT_MS } from "./made-snapshot"

const folder = makeFolder()
let snapshot: KeptSnapshot
let request: CompileRequest
/** Names of what is in the cache when it is made. */
let made: string[]

beforeAll(async () => {
    const maker = atWork(folder, makeSnapshotLater)!
    const [code] = (await once(maker, "exit")) as [number | null]
    expect(code).toBe(0)
    snapshot = atWork(folder, () => KeptSnapshot.open()!)
    made = readdirSync(join(folder, "heapscope"))
    copyFileSync(snapshot.path, `${snapshot.path}.good`)
}, SNAPSHOT_TIMEOUT_MS)
beforeEach(() => {
    request = { project: copyProject(), entry: "src/main.ts" }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(): CompilerProcess {
    const compiler = CompilerProcess.start(snapshot)!
    onTestFinished(() => compiler.terminate())
    return compiler
}

/** That the suite's compiler says what a thread of one's own says is the server's own test. */
async function throughThread(asked: CompileRequest): Promise<CompileReply> {
    return (await askServer(process.env[SERVER_VARIABLE]!, asked, undefined))!
}

test("it was made in the background, once, and nothing else is left", () => {
    expect(snapshot.isThere).toBe(true)
    expect(atWork(folder, makeSnapshotLater)).toBeUndefined()
    const left = made.map(name => name.replace(/.*\./, ""))
    expect(left.sort()).toEqual(["blob", "key", "note"])
})

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
            expect(await compiler.answer(asked)).toEqual(await throughThread(asked))
        writeFileSync(join(request.project, "package.json"), "{")
        const failed = await compiler.answer(request)
        expect(failed).toHaveProperty("failure")
        expect(failed).toEqual(await throughThread(request))
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

const SPOILT: [string, (path: string) => void][] = [
    ["damaged within", damage],
    ["cut short", path => truncateSync(path, 1 << 20)],
    ["empty", path => truncateSync(path, 0)],
    ["no snapshot", path => writeFileSync(path, "text".repeat(1000))],
]

test.each(SPOILT)("one that is %s is not used again", { timeout: 60_000 }, async (_, spoil) => {
    keepSpoilt(spoil)
    await expect(start().answer(request)).rejects.toThrow(ProcessEnded)
    expect(snapshot.isThere).toBe(false)
    expect(snapshot.isWanted).toBe(false)
})

test("one that is of no use costs nothing but time", { timeout: 60_000 }, async () => {
    keepSpoilt(damage)
    const thread = new CompilerThread(0, () => snapshot)
    expect(await thread.ask(request)).toEqual(await throughThread(request))
    expect(snapshot.isThere).toBe(false)
})

/** Has a snapshot in place that is not what was made. */
function keepSpoilt(spoil: (path: string) => void): void {
    const partial = `${snapshot.path}.spoilt`
    copyFileSync(`${snapshot.path}.good`, partial)
    spoil(partial)
    snapshot.keep(partial)
    expect(snapshot.isThere).toBe(true)
}

/** Changes a byte in each of many places, as V8 reads them. */
function damage(path: string): void {
    const bytes = readFileSync(path)
    for (let at = 4096; at < bytes.length; at += 4096) bytes[at]! ^= 0x55
    writeFileSync(path, bytes)
}
