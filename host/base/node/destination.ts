import {
    accessSync,
    constants,
    fstatSync,
    lstatSync,
    readlinkSync,
    realpathSync,
    type BigIntStats,
} from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { UserError } from "../errors"

/** Where that which is written to a path ends up. */
export type Destination =
    /** An ordinary file, there or to come. `path` has no links in it. */
    | { kind: "file"; path: string; stats: BigIntStats | undefined }
    /** A device or a FIFO: it is written to, and never replaced. */
    | { kind: "device"; path: string; stats: BigIntStats }
    /** What this process has open already, as `/dev/stdout` and a shell's `>(command)` name it. */
    | { kind: "descriptor"; fd: number; stats: BigIntStats }

/** As many as Linux follows. */
const MAX_LINKS = 40
const STANDARD = ["stdin", "stdout", "stderr"]
const DESCRIPTOR = /^\/(?:dev|proc\/(?:self|thread-self|\d+))\/fd\/(\d{1,9})$/
const STICKY = 0o1000n
const WRITABLE_FOR_ALL = 0o002n

/**
 * Follows a path to where it leads, through every link.
 * @param path absolute, or from the current folder
 * @throws UserError when nothing can be written there
 */
export function destinationOf(path: string): Destination {
    try {
        return follow(path)
    } catch (error) {
        throw cannotWrite(path, error)
    }
}

/** The error that tells that a path cannot be written, and why. */
export function cannotWrite(path: string, error: unknown): UserError {
    return error instanceof UserError
        ? error
        : new UserError("E_WRITE", `${path} cannot be written: ${reasonOf(error)}`)
}

/** What the system says of a failure, without its call and whatever name that was given. */
export function reasonOf(error: unknown): string {
    const message = error instanceof Error ? error.message : String(error)
    return /^E[A-Z0-9]+: [^,]+/.exec(message)?.[0] ?? message
}

function follow(name: string): Destination {
    let path = resolve(name)
    for (let links = 0; links < MAX_LINKS; links++) {
        const folder = descriptorOf(path) === undefined ? realpathSync(dirname(path)) : ""
        const place = folder === "" ? path : join(folder, basename(path))
        const fd = descriptorOf(place)
        if (fd !== undefined)
            return { kind: "descriptor", fd, stats: fstatSync(fd, { bigint: true }) }
        const stats = lstatSync(place, { bigint: true, throwIfNoEntry: false })
        if (stats?.isSymbolicLink()) {
            refuseForeignLink(name, folder, stats)
            path = resolve(folder, readlinkSync(place))
            continue
        }
        if (stats?.isDirectory())
            throw new UserError(
                "E_WRITE",
                `${name} cannot be written: it is a folder. Name a file in it.`,
            )
        if (stats) accessSync(place, constants.W_OK)
        if (stats && !stats.isFile()) return { kind: "device", path: place, stats }
        return { kind: "file", path: place, stats }
    }
    throw new UserError("E_WRITE", `${name} cannot be written: its links lead in a circle.`)
}

/** The number of an open file that a path names, if it does. */
function descriptorOf(path: string): number | undefined {
    if (process.platform === "win32") return undefined
    const standard = STANDARD.indexOf(path.replace(/^\/dev\//, ""))
    if (path.startsWith("/dev/") && standard >= 0) return standard
    const [, fd] = DESCRIPTOR.exec(path) ?? []
    const pid = /^\/proc\/(\d+)\//.exec(path)?.[1]
    return fd === undefined || (pid !== undefined && Number(pid) !== process.pid)
        ? undefined
        : Number(fd)
}

/**
 * Linux's own rule (`fs.protected_symlinks`), which links that are followed by hand would get round: in a
 * folder where everybody may make files, as `/tmp`, a link leads only who made it.
 */
function refuseForeignLink(name: string, folder: string, link: BigIntStats): void {
    const stats = lstatSync(folder, { bigint: true })
    const isShared = (stats.mode & STICKY) !== 0n && (stats.mode & WRITABLE_FOR_ALL) !== 0n
    if (!isShared || link.uid === stats.uid || link.uid === BigInt(process.geteuid?.() ?? 0)) return
    throw new UserError(
        "E_WRITE",
        `${name} cannot be written: it is a link that another user made in a folder of everybody's.`,
    )
}
