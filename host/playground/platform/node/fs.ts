/**
 * What is reached of `node:fs`, over files in memory. Each function does what Node's of the same name does,
 * as far as it is used; what would leave the tab is refused.
 */
import { Buffer } from "buffer"
import { files } from "../memory-files"

class FileStats {
    readonly uid = 0
    readonly gid = 0
    readonly mode = 0o644
    readonly mtimeMs = 0

    constructor(
        readonly size: number,
        private readonly isFolder: boolean,
    ) {}

    isFile = (): boolean => !this.isFolder
    isDirectory = (): boolean => this.isFolder
    isSymbolicLink = (): boolean => false
    isSocket = (): boolean => false
}

export type Stats = FileStats
export type BigIntStats = never

export const constants = { O_RDONLY: 0, O_NONBLOCK: 0, W_OK: 2 }

export interface FSWatcher {
    on(event: "error", hear: () => void): void
    close(): void
}

const encoder = new TextEncoder()
/** As Node decodes: a mark at the start stays. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true })

export function existsSync(path: string): boolean {
    return files.read(path) !== undefined || files.list(path) !== undefined
}

export function statSync(path: string, options?: { throwIfNoEntry?: boolean }) {
    const content = files.read(path)
    if (content !== undefined) return new FileStats(bytesOf(content).length, false)
    if (files.list(path)) return new FileStats(0, true)
    const failed = missing("stat", path)
    if (options?.throwIfNoEntry === false && failed.code === "ENOENT") return undefined
    throw failed
}

export const lstatSync = statSync

export function readFileSync(from: string | number, encoding?: string): string | Buffer {
    const path = typeof from === "number" ? opened[from]!.path : from
    const content = files.read(path)
    if (content === undefined) {
        if (files.list(path))
            throw failure("EISDIR", "illegal operation on a directory", "read", path)
        throw missing("open", path)
    }
    if (encoding !== undefined && typeof content === "string") return content
    const bytes = bytesOf(content)
    return encoding === undefined ? Buffer.from(bytes) : decoder.decode(bytes)
}

export function readdirSync(path: string): string[] {
    const names = files.list(path)
    if (names) return names
    if (files.read(path) !== undefined) throw failure("ENOTDIR", "not a directory", "scandir", path)
    throw missing("scandir", path)
}

export function realpathSync(path: string): string {
    statSync(path)
    return files.real(path)
}

/** The files that were opened, by descriptor, and how far each was read. */
const opened: { path: string; at: number }[] = []

export function openSync(path: string): number {
    if (!existsSync(path)) throw missing("open", path)
    return opened.push({ path, at: 0 }) - 1
}

export function fstatSync(descriptor: number) {
    return statSync(opened[descriptor]!.path)!
}

/**
 * @param position from where on; without it, from where it was read up to
 * @returns how many bytes were read
 */
export function readSync(
    descriptor: number,
    into: Uint8Array,
    offset = 0,
    length = into.length - offset,
    position?: number,
): number {
    const file = opened[descriptor]!
    const { path } = file
    if (files.list(path)) throw failure("EISDIR", "illegal operation on a directory", "read", path)
    const bytes = bytesOf(files.read(path) ?? "")
    const from = position ?? file.at
    const part = bytes.subarray(from, from + length)
    into.set(part, offset)
    if (position === undefined) file.at += part.length
    return part.length
}

export function closeSync(): void {
    // Nobody else waits for it.
}

export function rmSync(path: string): void {
    if (files.list(path)) throw failure("ERR_FS_EISDIR", "Path is a directory", "rm", path)
    if (files.read(path) === undefined) throw missing("lstat", path)
    files.write(path, undefined)
}

export function watch(
    folder: string,
    _options: object,
    listener: (event: string, file: string) => void,
): FSWatcher {
    if (!files.list(folder)) throw missing("watch", folder)
    const close = files.watch(folder, name => listener("change", name))
    return { on: () => undefined, close }
}

export function accessSync(path: string): void {
    throw failure("EROFS", "read-only file system", "access", path)
}

export function readlinkSync(path: string): string {
    throw failure("EINVAL", "invalid argument", "readlink", path)
}

function bytesOf(content: string | Uint8Array): Uint8Array {
    return typeof content === "string" ? encoder.encode(content) : content
}

type Failed = Error & { code: string }

/** There is nothing of the name; where something above it is a file, there cannot be. */
function missing(call: string, path: string): Failed {
    for (let at = path; at.includes("/", 1); at = at.slice(0, at.lastIndexOf("/")))
        if (at !== path && files.read(at) !== undefined)
            return failure("ENOTDIR", "not a directory", call, path)
    return failure("ENOENT", "no such file or directory", call, path)
}

function failure(code: string, why: string, call: string, path: string): Failed {
    return Object.assign(new Error(`${code}: ${why}, ${call} '${path}'`), { code })
}
