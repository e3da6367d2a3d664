import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { lstatSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { isCi } from "../../../base/node/is-ci"
import { packageRoot } from "../../../base/node/package-root"
import { sleep } from "../../../base/pause"
import { COMPILER_FILE } from "../../compiler-file"
import { askServer } from "./compile-client"
import type { CompileReply, CompileRequest } from "../compile-request"
import { UserCache } from "../user-cache"

/**
 * Whether a compiler may be kept in the background: "1" or "0". The command line says so for itself and its
 * threads; who sets it to "0" has none.
 */
export const BACKGROUND_VARIABLE = "HEAPSCOPE_DAEMON"

/** `server-main.ts` in the built package. */
const SERVER_FILE = "compile-server.js"
/** What it is made of: a process with others is out of date. */
const PARTS = [SERVER_FILE, "compiler-thread.js", COMPILER_FILE]
const IDLE_MS = 5 * 60_000
/** How long one that was started may take to listen. */
const START_MS = 3_000
const MAX_SILENCE_MS = 2_000
const LOOK_MS = 15
/** The longest path that a socket can have on every system (`sun_path`; macOS has the least). */
const MAX_PATH = 103
/** All that the process needs of the environment. */
const NEEDED = ["HOME", "XDG_CACHE_HOME", "TMPDIR"]

export interface BackgroundOptions {
    env?: NodeJS.ProcessEnv
    /** How long it stays when nobody asks it for anything, in milliseconds. Default: five minutes. */
    idleMs?: number
    /** How long it may take to say that it has got a request, in milliseconds: else it hangs. Default: 2,000. */
    maxSilenceMs?: number
}

/** Variables that runners of tests set: what a test starts should end with it. */
const TEST_RUNNERS = ["VITEST", "JEST_WORKER_ID", "NODE_TEST_CONTEXT"]

/**
 * Says whether this process and its threads may ask a compiler in the background, and start it.
 * @param isWanted the user has not said no
 */
export function allowBackground(isWanted: boolean, env: NodeJS.ProcessEnv = process.env): void {
    const byDefault = isTest(env) ? "0" : "1"
    env[BACKGROUND_VARIABLE] = isWanted ? (env[BACKGROUND_VARIABLE] ?? byDefault) : "0"
}

/** Whether this process is a test, or was started by one. */
export function isTest(env: NodeJS.ProcessEnv): boolean {
    return TEST_RUNNERS.some(name => env[name] !== undefined)
}

/**
 * Asks the user's compiler in the background, which stays loaded from one command to the next, and starts
 * it when there is none. All works without: whatever is wrong with it, there is no answer.
 * @returns undefined when there may be none, or none can be had
 * @throws the signal's reason when interrupted
 */
export async function askBackground(
    request: CompileRequest,
    signal: AbortSignal | undefined,
    { env = process.env, idleMs = IDLE_MS, maxSilenceMs = MAX_SILENCE_MS }: BackgroundOptions = {},
): Promise<CompileReply | undefined> {
    if (env[BACKGROUND_VARIABLE] !== "1" || isCi(env)) return undefined
    const path = socketPath()
    if (path === undefined) return undefined
    try {
        const ask = () =>
            isOwnSocket(path) ? askServer(path, request, signal, maxSilenceMs) : undefined
        const reply = await ask()
        if (reply) return reply
        start(path, idleMs, env)
        for (const end = performance.now() + START_MS; performance.now() < end;) {
            await sleep(LOOK_MS, signal)
            const reply = await ask()
            if (reply) return reply
        }
        return undefined
    } catch {
        // It was killed or it hangs, if nobody has interrupted it.
        signal?.throwIfAborted()
        return undefined
    }
}

/**
 * Where the background's compiler of this release, this build of it and this Node listens: in the user's
 * own folder, which nobody else can look into.
 * @returns undefined where there can be none: Windows' pipes have no folder that keeps others out
 */
export function socketPath(cache = UserCache.open()): string | undefined {
    const version = versionOf(packageRoot())
    if (process.platform === "win32" || !cache || version === undefined) return undefined
    const path = cache.pathOf(`compiler-${version}`)
    // The process has a name of its own there until it listens.
    return Buffer.byteLength(`${path}.4194304`) <= MAX_PATH ? path : undefined
}

/** Another for another build of the compiler's process, or another Node; undefined when it is not built. */
export function versionOf(root: string): string | undefined {
    const hash = createHash("sha256").update(`${root}\0${process.version}\0${process.arch}`)
    try {
        for (const part of PARTS) {
            const { size, mtimeMs } = statSync(join(root, "dist", part))
            hash.update(`\0${size}\0${mtimeMs}`)
        }
    } catch {
        return undefined
    }
    return hash.digest("hex").slice(0, 16)
}

function isOwnSocket(path: string): boolean {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats !== undefined && stats.isSocket() && stats.uid === process.getuid?.()
}

/** Of several that are started at once, one stays. */
function start(path: string, idleMs: number, env: NodeJS.ProcessEnv): void {
    const server = join(packageRoot(), "dist", SERVER_FILE)
    const needed = NEEDED.flatMap(name => (env[name] === undefined ? [] : [[name, env[name]]]))
    const child = spawn(process.execPath, [server, path, String(idleMs)], {
        // A terminal's Ctrl-C is not for it, and it stands in nobody's way.
        detached: true,
        stdio: "ignore",
        cwd: dirname(path),
        env: Object.fromEntries(needed) as NodeJS.ProcessEnv,
    })
    child.on("error", () => undefined)
    child.unref()
}
