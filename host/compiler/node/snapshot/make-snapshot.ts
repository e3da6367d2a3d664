import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { packageRoot } from "../../../base/node/package-root"
import { CompilerProcess } from "./compiler-process"
import { SNAPSHOT_FLAGS, SNAPSHOT_PROGRAM, type KeptSnapshot } from "./kept-snapshot"
import { plainEnvironment } from "./plain-environment"

/** Nothing takes as long, on the slowest machine. In milliseconds. */
const MAX_MS = 5 * 60_000

/**
 * Makes the snapshot, whole or not at all, and has it compile something before anybody else does: a release of
 * Node may make one that is of no use. It takes as long as three compiles from cold.
 * @returns whether it is kept; false also when somebody else is at it
 */
export async function makeSnapshot(snapshot: KeptSnapshot): Promise<boolean> {
    if (!snapshot.begin()) return false
    const partial = `${snapshot.path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`
    try {
        const isMade = (await build(partial)) && (await isOfUse(partial))
        if (isMade) snapshot.keep(partial)
        return isMade
    } catch {
        return false
    } finally {
        rmSync(partial, { force: true })
    }
}

async function build(blob: string): Promise<boolean> {
    const dist = join(packageRoot(), "dist")
    const program = join(dist, SNAPSHOT_PROGRAM)
    const args = [...SNAPSHOT_FLAGS, "--snapshot-blob", blob, "--build-snapshot", program, dist]
    const child = spawn(process.execPath, args, {
        ...{ stdio: "ignore", timeout: MAX_MS, killSignal: "SIGKILL", windowsHide: true },
        env: plainEnvironment(),
    })
    const [code] = (await once(child, "exit")) as [number | null]
    return code === 0
}

async function isOfUse(blob: string): Promise<boolean> {
    const compiler = CompilerProcess.from(blob)
    const timeout = setTimeout(() => void compiler.terminate(), MAX_MS)
    try {
        const project = dirname(blob)
        const instead = { [join(project, "main.ts")]: 'console.log("made")' }
        const reply = await compiler.answer({ project, entry: "main.ts", instead })
        return "success" in reply && reply.success
    } finally {
        clearTimeout(timeout)
        await compiler.terminate()
    }
}
