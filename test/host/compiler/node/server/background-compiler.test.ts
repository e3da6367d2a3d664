import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import {
    chmodSync,
    cpSync,
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from "node:fs"
import { connect } from "node:net"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { packageRoot } from "../../../../../host/base/node/package-root"
import { buildProgram } from "../../../../../host/compiler/node/build"
import {
    allowBackground,
    askBackground,
    BACKGROUND_VARIABLE,
    socketPath,
    versionOf,
} from "../../../../../host/compiler/node/server/background-compiler"
import { askServer, SERVER_VARIABLE } from "../../../../../host/compiler/node/server/compile-client"
import { fillProject, makeFolder } from "../build-project"

const DIST = join(packageRoot(), "dist")
/** Longer than any of these tests waits for a compile on a busy machine. */
const IDLE_MS = 120_000
const folder = makeFolder()
const env = { [BACKGROUND_VARIABLE]: "1", XDG_CACHE_HOME: folder }
const request = { project: folder, entry: "src/main.ts" }
const wrong = { project: folder, entry: "src/wrong.ts" }
const started: ChildProcess[] = []
let path: string

beforeAll(() => {
    vi.stubEnv("XDG_CACHE_HOME", folder)
    fillProject(folder)
    writeFileSync(join(folder, "src/wrong.ts"), "const a: number = 'text'\nlet a = b\nfoo(\n")
    path = socketPath()!
})
afterEach(async () => {
    // Whoever lost its place there ends.
    rmSync(path, { force: true })
    for (const child of started.splice(0)) {
        child.kill("SIGKILL")
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
    }
    await vi.waitUntil(() => running() === 0, { timeout: 10_000, interval: 50 })
})
afterAll(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
})

/** Of all processes. A machine that has Node and nothing else has no `ps`. */
function commandLines(): string[] {
    if (process.platform !== "linux")
        return spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout.split("\n")
    return readdirSync("/proc")
        .filter(name => /^\d+$/.test(name))
        .map(pid => {
            try {
                return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
            } catch {
                return "" // It has ended meanwhile.
            }
        })
}

/** Processes that serve at the path of these tests. */
function running(): number {
    return commandLines().filter(line => line.includes(`compile-server.js ${path} `)).length
}

/** One whose process is known, listening. */
async function listening(idleMs = IDLE_MS, dist = DIST): Promise<ChildProcess> {
    const args = [join(dist, "compile-server.js"), path, String(idleMs)]
    const child = spawn(process.execPath, args, { stdio: "ignore" })
    started.push(child)
    await vi.waitUntil(() => existsSync(path), { timeout: 10_000, interval: 10 })
    return child
}

const ask = (what = request) => askBackground(what, undefined, { env, idleMs: IDLE_MS })

test.skipIf(process.platform === "win32")(
    "it is started by who needs it first, and says what one's own says, of wrong programs too",
    async () => {
        // That these say what a thread of one's own says is their own test.
        const warm = process.env[SERVER_VARIABLE]!
        const failed = await askServer(warm, wrong, undefined)
        expect(failed).toMatchObject({ success: false })
        // On a busy machine it may not listen in time for who started it.
        expect((await ask(wrong)) ?? (await ask(wrong))).toEqual(failed)
        expect(running()).toBe(1)
        expect(lstatSync(path).mode & 0o777).toBe(0o600)
        expect(await ask()).toEqual(await askServer(warm, request, undefined))
    },
)

test.skipIf(process.platform === "win32")("of many that start at once, one stays", async () => {
    await Promise.all([0, 1, 2, 3].map(() => listening()))
    await vi.waitUntil(() => running() === 1, { timeout: 20_000, interval: 100 })
    const socket = connect(path)
    await once(socket, "connect")
    socket.destroy()
})

test.skipIf(process.platform === "win32")(
    "killed in the middle it costs nothing but time, and what it leaves is replaced",
    async () => {
        vi.stubEnv(SERVER_VARIABLE, "")
        vi.stubEnv(BACKGROUND_VARIABLE, "1")
        vi.stubEnv("CI", "")
        try {
            const child = await listening()
            const building = buildProgram("src/main.ts", { cwd: folder })
            setTimeout(() => child.kill("SIGKILL"), 60)
            expect((await building).bytecode.length).toBeGreaterThan(0)
            const { ino } = lstatSync(path)
            await listening()
            await vi.waitUntil(() => lstatSync(path).ino !== ino, { timeout: 10_000 })
        } finally {
            vi.stubEnv(SERVER_VARIABLE, undefined)
            vi.stubEnv(BACKGROUND_VARIABLE, undefined)
        }
    },
)

test.skipIf(process.platform === "win32")("one that hangs is not waited for", async () => {
    const child = await listening()
    child.kill("SIGSTOP")
    const reply = await askBackground(request, undefined, { env, maxSilenceMs: 100 })
    expect(reply).toBeUndefined()
})

test.skipIf(process.platform === "win32")("it ends when nobody has asked for long", async () => {
    const child = await listening(200)
    await once(child, "exit")
    expect(child.exitCode).toBe(0)
    expect(existsSync(path)).toBe(false)
})

test.skipIf(process.platform === "win32")("it ends when it is out of date", async () => {
    const root = join(folder, "package")
    mkdirSync(join(root, "dist"), { recursive: true })
    for (const name of ["compile-server.js", "compiler-thread.js", "devicescript-compiler.js"])
        cpSync(join(DIST, name), join(root, "dist", name))
    cpSync(join(packageRoot(), "package.json"), join(root, "package.json"))
    const before = versionOf(root)
    const child = await listening(IDLE_MS, join(root, "dist"))
    utimesSync(join(root, "dist", "compiler-thread.js"), 1, 1)
    expect(versionOf(root)).not.toBe(before)
    await once(child, "exit")
    expect(child.exitCode).toBe(0)
    rmSync(join(root, "dist"), { recursive: true })
    expect(versionOf(root)).toBeUndefined()
})

test("there is none in CI, for who wants none, in tests, and in a folder that others can look into", async () => {
    const asked = (more: NodeJS.ProcessEnv) =>
        askBackground(request, undefined, { env: { ...env, ...more } })
    expect(await asked({ CI: "true" })).toBeUndefined()
    expect(await asked({ [BACKGROUND_VARIABLE]: "0" })).toBeUndefined()
    const said = (isWanted: boolean, from: NodeJS.ProcessEnv) => {
        allowBackground(isWanted, from)
        return from[BACKGROUND_VARIABLE]
    }
    expect(said(true, {})).toBe("1")
    expect(said(false, {})).toBe("0")
    expect(said(true, { VITEST: "true" })).toBe("0")
    expect(said(true, { [BACKGROUND_VARIABLE]: "0" })).toBe("0")
    chmodSync(join(folder, "heapscope"), 0o755)
    expect(socketPath()).toBeUndefined()
    expect(await asked({})).toBeUndefined()
    chmodSync(join(folder, "heapscope"), 0o700)
    expect(existsSync(path)).toBe(false)
})
