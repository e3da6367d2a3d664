import { randomBytes } from "node:crypto"
import {
    closeSync,
    fchmodSync,
    fchownSync,
    fsyncSync,
    lstatSync,
    openSync,
    readdirSync,
    renameSync,
    rmSync,
    unlinkSync,
    type BigIntStats,
} from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { cannotWrite, destinationOf } from "./destination"
import { openDevice, writeSome, writeToEnd } from "./write-bytes"

/** The name of a file that is written before it is moved into place. */
const TEMPORARY = /^\.heapscope-[0-9a-f]{16}\.tmp$/
/** One this old was left by a process that was killed. Milliseconds. */
const STALE_MS = 60 * 60 * 1000
/** Between two attempts at what takes nothing more for the moment. Milliseconds. */
const RETRY_MS = 5
const DEFAULT_MODE = 0o666

/**
 * Writes a file. An ordinary file is there whole, with the mode and the owner that it had, or as it was
 * before: also when the disk is full, when the process is killed, and for who reads it meanwhile. Links
 * are followed; another hard link to the file keeps what it had. A device, a FIFO, `/dev/stdout` and a
 * shell's `>(command)` are written to, and wait for who reads them.
 * @throws UserError naming the path when it cannot be written
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
    const destination = destinationOf(path)
    try {
        const bytes = typeof content === "string" ? Buffer.from(content) : content
        if (destination.kind === "file") replaceFile(destination.path, bytes, destination.stats)
        else if (destination.kind === "descriptor") await writePatiently(destination.fd, bytes)
        else {
            const fd = openDevice(destination.path)
            try {
                await writePatiently(fd, bytes)
            } finally {
                closeSync(fd)
            }
        }
    } catch (error) {
        throw cannotWrite(path, error)
    }
}

/**
 * Finds out whether a path could be written, before a long run and not after it. Nothing changes.
 * @throws UserError naming the path when it could not
 */
export function checkWritable(path: string): void {
    const destination = destinationOf(path)
    if (destination.kind !== "file") return
    try {
        const temporary = temporaryBeside(destination.path)
        closeSync(openSync(temporary, "wx"))
        unlinkSync(temporary)
    } catch (error) {
        throw cannotWrite(path, error)
    }
}

function replaceFile(path: string, bytes: Uint8Array, before: BigIntStats | undefined): void {
    removeStale(dirname(path))
    const temporary = temporaryBeside(path)
    const fd = openSync(temporary, "wx", DEFAULT_MODE)
    try {
        try {
            if (before) keepOwner(fd, before)
            writeToEnd(fd, bytes)
            // Its name must not be on the disk before its contents are.
            fsyncSync(fd)
        } finally {
            closeSync(fd)
        }
        renameSync(temporary, path)
    } catch (error) {
        rmSync(temporary, { force: true })
        throw error
    }
}

function keepOwner(fd: number, { uid, gid, mode }: BigIntStats): void {
    const isOwn = process.geteuid?.() === Number(uid) && process.getegid?.() === Number(gid)
    // The mode comes last: changing the owner takes some of its bits.
    if (process.geteuid?.() === 0 && !isOwn) fchownSync(fd, Number(uid), Number(gid))
    fchmodSync(fd, Number(mode & 0o777n))
}

function temporaryBeside(path: string): string {
    return join(dirname(path), `.heapscope-${randomBytes(8).toString("hex")}.tmp`)
}

/** Removes what writers that were killed left in a folder: files with our name for them, no others. */
function removeStale(folder: string): void {
    for (const name of readdirSync(folder)) {
        if (!TEMPORARY.test(name)) continue
        const path = join(folder, name)
        const stats = lstatSync(path, { throwIfNoEntry: false })
        if (stats?.isFile() && stats.mtimeMs < Date.now() - STALE_MS) rmSync(path, { force: true })
    }
}

async function writePatiently(fd: number, bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
        const written = writeSome(fd, bytes, done)
        done += written
        if (written === 0) await sleep(RETRY_MS)
    }
}
