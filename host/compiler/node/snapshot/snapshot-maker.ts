import { spawn, type ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { isCi } from "../../../base/node/is-ci"
import { packageRoot } from "../../../base/node/package-root"
import { BACKGROUND_VARIABLE, isTest } from "../server/background-compiler"
import { KeptSnapshot } from "./kept-snapshot"
import { plainEnvironment } from "./plain-environment"

/** `maker-main.ts` in the built package. */
const MAKER_FILE = "snapshot-maker.js"

/**
 * Has the snapshot made by a process in the background, if there is none and there may be such processes. It begins
 * when this command should be over, gives way to all others, and ends by itself.
 * @returns that process, which keeps nobody waiting; undefined when none was started
 */
export function makeSnapshotLater(env: NodeJS.ProcessEnv = process.env): ChildProcess | undefined {
    if (env[BACKGROUND_VARIABLE] !== "1" || isCi(env) || isTest(env)) return undefined
    const snapshot = KeptSnapshot.open()
    if (!snapshot?.isWanted) return undefined
    const maker = join(packageRoot(), "dist", MAKER_FILE)
    if (!existsSync(maker)) return undefined
    const child = spawn(process.execPath, [maker], {
        ...{ detached: true, stdio: "ignore", windowsHide: true },
        cwd: dirname(snapshot.path),
        env: plainEnvironment(env),
    })
    child.on("error", () => undefined)
    child.unref()
    return child
}
