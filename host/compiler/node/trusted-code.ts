import { createHash } from "node:crypto"
import { lstatSync, realpathSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../base/errors"
import { reasonOf } from "../../base/node/destination"
import { isCi } from "../../base/node/is-ci"
import { readText } from "../../base/node/read-file"
import { UserCache } from "./user-cache"

/** Nobody writes more by hand. */
const MAX_BYTES = 1 << 20

/** A file of a project that runs as code of the user, not on the board. */
export interface ProjectCode {
    /** As people are told of it. */
    name: string
    /** Its real path. */
    path: string
    /** What is trusted, and what is run: read once. */
    text: string
}

/** Who says whether a project's code may run. */
export interface TrustOptions {
    /** The user has said so for this run: `--trust-config`. */
    isAllowed?: boolean
    /** Asks the user; undefined where nobody can be asked. */
    ask?: ((code: ProjectCode) => Promise<boolean>) | undefined
    env?: NodeJS.ProcessEnv
    /** Where answers are kept. Default: the user's cache. */
    cache?: UserCache | undefined
}

/**
 * Reads code of a project, of its own folder alone: what a link brings from elsewhere, and what somebody
 * else has put into a folder that he does not own, is none of it.
 * @param folder absolute
 * @throws UserError when it may not be run whoever wants it
 */
export function readProjectCode(folder: string, name: string): ProjectCode {
    const named = join(folder, name)
    try {
        const path = realpathSync(named)
        const owners = [0, process.getuid?.(), statSync(folder).uid]
        const { uid, mode } = lstatSync(path)
        if (dirname(path) !== realpathSync(folder))
            throw foreign(name, "is a link out of its folder")
        // Windows tells no owner.
        if (process.getuid && (!owners.includes(uid) || (mode & 0o002) !== 0))
            throw foreign(name, "was written, or may be, by another user")
        return { name, path, text: readText(path, name, MAX_BYTES) }
    } catch (error) {
        if (error instanceof UserError) throw error
        throw new UserError("E_READ", `${name} cannot be read: ${reasonOf(error)}`)
    }
}

function foreign(name: string, what: string): UserError {
    return new UserError(
        "E_FOREIGN_PROJECT",
        `${name} is not run: it ${what}. Copy it, so that it is yours.`,
    )
}

/**
 * Makes sure that the user wants a project's code to run as his own: he is asked once, and again when a
 * character of it has changed or it is elsewhere. In CI, what was checked out is run as it is.
 * @throws UserError when he does not, or nobody can ask him
 */
export async function demandTrust(code: ProjectCode, options: TrustOptions): Promise<void> {
    const { isAllowed, ask, env = process.env } = options
    if (isAllowed || isCi(env)) return
    const cache = "cache" in options ? options.cache : UserCache.open()
    const name = `trusted-${createHash("sha256").update(`${code.path}\0${code.text}`).digest("hex")}`
    if (cache?.read(name)) return
    if (!ask)
        throw untrusted(
            `${code.name} is code, which runs as you, and was never trusted. Read it, then run this once on a terminal, or with --trust-config.`,
        )
    if (!(await ask(code))) throw untrusted(`${code.name} was not trusted: nothing was run.`)
    cache?.write(name, new Uint8Array(1))
}

function untrusted(message: string): UserError {
    return new UserError("E_UNTRUSTED_CODE", message)
}
