import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { OPTIMIZE_LATER } from "../host/base/node/optimize-later"
import { packageRoot } from "../host/base/node/package-root"
import { SERVER_VARIABLE } from "../host/compiler/node/server/compile-client"

let folder: string | undefined
let server: ChildProcess | undefined

/**
 * Before all tests: one process keeps two compilers loaded for them and for the commands that they run.
 * It ends with this one, whatever ends that.
 */
export async function setup(): Promise<void> {
    // Each project of the suite asks for it.
    if (process.env[SERVER_VARIABLE]) return
    const program = join(packageRoot(), "dist/compile-server.js")
    if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run prepare" first`)
    folder = mkdtempSync(join(tmpdir(), "heapscope-tests-"))
    const path =
        process.platform === "win32"
            ? `\\\\.\\pipe\\${basename(folder)}`
            : join(folder, "compile-server")
    // The optimizing compiler took two fifths of what its compiles of five hundred programs take.
    server = spawn(process.execPath, [...OPTIMIZE_LATER, program, path], {
        stdio: ["pipe", "pipe", "inherit"],
    })
    await once(server.stdout!, "data")
    process.env[SERVER_VARIABLE] = path
}

export async function teardown(): Promise<void> {
    server?.stdin!.end()
    if (server?.exitCode === null) await once(server, "exit")
    if (folder) rmSync(folder, { recursive: true, force: true })
}
