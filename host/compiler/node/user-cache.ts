import { createHmac, randomBytes, timingSafeEqual } from "node:crypto"
import {
    closeSync,
    linkSync,
    lstatSync,
    mkdirSync,
    mkdtempSync,
    openSync,
    readFileSync,
    readSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { dirname, isAbsolute, join } from "node:path"

const KEY_FILE = "key"
const KEY_BYTES = 32
const MAC_BYTES = 32
/** Nothing that is kept here is near as large. */
const MAX_ENTRY_BYTES = 64 << 20

/**
 * Where a user's programs keep what they can make again: `XDG_CACHE_HOME` or `~/.cache` on Linux,
 * `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows.
 */
export function userCacheFolder(
    env: NodeJS.ProcessEnv = process.env,
    platform: NodeJS.Platform = process.platform,
): string {
    // A relative one is to be ignored (XDG Base Directory Specification).
    const xdg = env.XDG_CACHE_HOME
    if (xdg && isAbsolute(xdg)) return join(xdg, "heapscope")
    if (platform === "win32" && env.LOCALAPPDATA)
        return join(env.LOCALAPPDATA, "heapscope", "Cache")
    return join(homedir(), platform === "darwin" ? "Library/Caches" : ".cache", "heapscope")
}

/**
 * Files of this user alone. What is read back is what was stored under that name, by whoever holds the
 * user's key: an entry that was changed, exchanged with another, or put there by somebody else is none.
 */
export class UserCache {
    private constructor(
        private readonly folder: string,
        private readonly key: Buffer,
    ) {}

    /**
     * The user's cache, made if need be.
     * @returns undefined where there can be none, or the folder is not the user's own: all works without
     */
    static open(folder?: string): UserCache | undefined {
        try {
            folder ??= userCacheFolder()
            makeFolder(folder)
            if (!isPrivate(folder)) return undefined
            return new UserCache(folder, readKey(folder))
        } catch {
            return undefined
        }
    }

    /** Absolute path of an entry. */
    pathOf(name: string): string {
        return join(this.folder, name)
    }

    /**
     * What was stored under a name, or undefined.
     * @param room memory to read it to, if that is enough
     */
    read(name: string, room?: Buffer): Buffer | undefined {
        try {
            const path = this.pathOf(name)
            const stats = lstatSync(path)
            if (!stats.isFile() || stats.size > MAX_ENTRY_BYTES) return undefined
            const fits = room && stats.size <= room.length
            const bytes = fits ? readInto(room, path) : readFileSync(path)
            const data = bytes.subarray(MAC_BYTES)
            const mac = this.mac(name, data)
            return bytes.length >= MAC_BYTES && timingSafeEqual(bytes.subarray(0, MAC_BYTES), mac)
                ? data
                : undefined
        } catch {
            return undefined
        }
    }

    /** Stores in place of what was there, whole or not at all. It may fail: nothing depends on it. */
    write(name: string, data: Uint8Array): void {
        const path = this.pathOf(name)
        const partial = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`
        try {
            writeFileSync(partial, Buffer.concat([this.mac(name, data), data]), { mode: 0o600 })
            renameSync(partial, path)
        } catch {
            rmSync(partial, { force: true })
        }
    }

    private mac(name: string, data: Uint8Array): Buffer {
        return createHmac("sha256", this.key).update(`${name}\0`).update(data).digest()
    }
}

function readInto(room: Buffer, path: string): Buffer {
    const fd = openSync(path, "r")
    try {
        let end = 0
        for (let read = -1; read !== 0; end += read)
            read = readSync(fd, room, end, room.length - end, null)
        return room.subarray(0, end)
    } finally {
        closeSync(fd)
    }
}

/**
 * Makes a folder and those above it. Node's own way (`recursive`) never ends below /proc (seen with Node
 * 20): no folder can be made there, and Linux answers as if the one above were missing.
 */
function makeFolder(folder: string): void {
    const make = () => {
        try {
            mkdirSync(folder, { mode: 0o700 })
            return true
        } catch (error) {
            const { code } = error as NodeJS.ErrnoException
            if (code === "EEXIST") return true
            if (code === "ENOENT" && dirname(folder) !== folder) return false
            throw error
        }
    }
    if (make()) return
    makeFolder(dirname(folder))
    if (!make()) throw new Error(`no folder can be made at ${folder}`)
}

/** A folder that only this user can look into or write to, and no link to another. */
function isPrivate(folder: string): boolean {
    const stats = lstatSync(folder)
    if (!stats.isDirectory()) return false
    return (
        process.getuid === undefined ||
        (stats.uid === process.getuid() && (stats.mode & 0o077) === 0)
    )
}

/** The user's key, made with the first use. Of two that make one at once, both use the one that stays. */
function readKey(folder: string): Buffer {
    const path = join(folder, KEY_FILE)
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
        const made = mkdtempSync(join(folder, "key-"))
        const partial = join(made, KEY_FILE)
        writeFileSync(partial, randomBytes(KEY_BYTES), { mode: 0o600 })
        try {
            linkSync(partial, path)
        } catch {
            // Somebody else was quicker.
        }
        rmSync(made, { recursive: true })
    }
    const stats = lstatSync(path)
    const isOwn = process.getuid === undefined || stats.uid === process.getuid()
    const key = stats.isFile() && isOwn ? readFileSync(path) : Buffer.alloc(0)
    if (key.length !== KEY_BYTES) throw new Error("no key")
    return key
}
