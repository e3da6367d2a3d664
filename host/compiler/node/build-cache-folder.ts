import { createHash } from "node:crypto"
import { lstatSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { UserError } from "../../base/errors"

/**
 * Where the builds of a project may be kept, best first: its `.devicescript` folder, which
 * DeviceScript keeps out of git, and a folder of the user's own below the system's temporary one.
 */
export function cacheFolders(project: string): string[] {
    const inProject = join(project, ".devicescript", "heapscope")
    const own = join(tmpdir(), `heapscope-${process.getuid?.() ?? "user"}`)
    const name = createHash("sha256").update(project).digest("hex").slice(0, 16)
    return isSafe(own) ? [inProject, join(own, name)] : [inProject]
}

/** The first folder that can be written, made if need be. Throws `UserError` if there is none. */
export function writableFolder(folders: readonly string[]): string {
    const folder = folders.find(isWritable)
    if (folder === undefined)
        throw new UserError(
            "E_WRITE",
            `Cannot write to ${folders.join(" nor to ")}: make it writable.`,
        )
    return folder
}

/** Anybody may make folders in the temporary one: another user's would hold that user's programs. */
function isSafe(folder: string): boolean {
    try {
        mkdirSync(folder, { mode: 0o700 })
        return true
    } catch {
        const stats = lstatSync(folder, { throwIfNoEntry: false })
        return (
            stats?.isDirectory() === true &&
            (process.getuid === undefined || stats.uid === process.getuid())
        )
    }
}

function isWritable(folder: string): boolean {
    try {
        mkdirSync(folder, { recursive: true })
        rmSync(mkdtempSync(join(folder, "probe-")), { recursive: true })
        return true
    } catch {
        return false
    }
}
