import { createHash } from "node:crypto"
import {
    existsSync,
    lstatSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs"
import { join, relative, resolve } from "node:path"
import { cacheFolders, writableFolder } from "./build-cache-folder"

/** Raise it when what is stored, or what it depends on, changes: older builds are then not found. */
const FORMAT = 1
/** One for each program and board that was ever asked for; each takes 0.1 to 0.5 MB. */
const MAX_BUILDS = 64
/** A work folder this old was left by a process that died. */
const STALE_WORK_MS = 60 * 60 * 1000
/** A file beside the builds this old serves a Node release that is used no more, if any. */
const STALE_FILE_MS = 30 * 24 * 60 * 60 * 1000

const BUILD_SUFFIX = ".build"
const WORK_PREFIX = "work-"
/** Characters of a hash. */
const HASH_LENGTH = 64

/**
 * What the compiler saw, by path: `file:<sha256>`, `folder:<names>`, `absent`, or `unknown` when
 * nobody can tell (see `build-process.mjs`).
 */
export type InputFacts = Record<string, string>

/** What a build is found by, before the contents of its inputs are compared. */
export interface BuildIdentity {
    compilerVersion: string
    board: string | undefined
    /** Path of the entry relative to the project. */
    entry: string
}

/** What a compile gave, and what it depends on. */
export interface StoredBuild {
    bytecode: Uint8Array
    /** Text of `bytecode-dbg.json`. */
    debugJson: string
    /** Paths are absolute, or relative to the project. */
    inputs: InputFacts
}

/** A build as stored: its bytes in base64, its paths relative, so that a project can be moved. */
type SerializedBuild = Omit<StoredBuild, "bytecode"> & { bytecode: string }

/**
 * Compiled programs of one project, each stored with everything the compiler looked at: files by
 * the hash of what it read, folders by the names it found, and paths where it found nothing. A build
 * is valid while all of that holds, so a file that newly appears where the compiler had looked in
 * vain invalidates just as a change does.
 *
 * A build is one file that begins with its own hash and is renamed into place: reading it gives
 * the bytes that were stored or nothing, whoever else writes, and however it was damaged.
 */
export class BuildCache {
    private readonly folders: readonly string[]
    private folder: string | undefined

    /** `project` is the absolute path of a project's folder. Touches nothing until asked to. */
    constructor(private readonly project: string) {
        this.folders = cacheFolders(project)
    }

    /** The stored build, if it is whole and nothing it depends on has changed. */
    load(identity: BuildIdentity): StoredBuild | undefined {
        for (const folder of this.folders) {
            const stored = readBuild(join(folder, fileName(identity)))
            if (stored !== undefined && this.isCurrent(stored.inputs))
                return {
                    ...stored,
                    bytecode: new Uint8Array(Buffer.from(stored.bytecode, "base64")),
                }
        }
        return undefined
    }

    /** Stores a build in place of the one before. Throws `UserError` if nothing can be written. */
    store(identity: BuildIdentity, build: StoredBuild): void {
        const inputs = Object.entries(build.inputs).map(([path, fact]) => [
            relative(this.project, resolve(this.project, path)),
            fact,
        ])
        const body = JSON.stringify({
            bytecode: Buffer.from(build.bytecode).toString("base64"),
            debugJson: build.debugJson,
            inputs: Object.fromEntries(inputs),
        } satisfies SerializedBuild)
        const work = this.makeWorkFolder()
        const partial = join(work, "build")
        writeFileSync(partial, `${hash(body)}\n${body}`)
        renameSync(partial, this.pathOf(fileName(identity)))
        rmSync(work, { recursive: true, force: true })
        this.prune()
    }

    /** A new empty folder that no other build uses. Whoever asked for it removes it. */
    makeWorkFolder(): string {
        return mkdtempSync(this.pathOf(WORK_PREFIX))
    }

    /** Absolute path of a file kept beside the builds. Throws `UserError` if none can be written. */
    pathOf(name: string): string {
        this.folder ??= writableFolder(this.folders)
        return join(this.folder, name)
    }

    private isCurrent(inputs: InputFacts): boolean {
        return Object.entries(inputs).every(([path, fact]) =>
            stillHolds(resolve(this.project, path), fact),
        )
    }

    /** Drops the oldest builds beyond the limit, and what killed processes left. */
    private prune(): void {
        const builds: { path: string; writtenMs: number }[] = []
        for (const name of readdirSync(this.pathOf(""))) {
            const path = this.pathOf(name)
            const writtenMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
            const keepMs = name.startsWith(WORK_PREFIX) ? STALE_WORK_MS : STALE_FILE_MS
            if (name.endsWith(BUILD_SUFFIX)) builds.push({ path, writtenMs })
            else if (writtenMs < Date.now() - keepMs) rmSync(path, { recursive: true, force: true })
        }
        builds.sort((a, b) => b.writtenMs - a.writtenMs)
        for (const { path } of builds.slice(MAX_BUILDS)) rmSync(path, { force: true })
    }
}

function hash(data: string | Uint8Array): string {
    return createHash("sha256").update(data).digest("hex")
}

function fileName({ compilerVersion, board, entry }: BuildIdentity): string {
    const identity = JSON.stringify([FORMAT, compilerVersion, board ?? null, entry])
    return hash(identity).slice(0, 32) + BUILD_SUFFIX
}

function readBuild(path: string): SerializedBuild | undefined {
    try {
        const text = readFileSync(path, "utf8")
        const body = text.slice(HASH_LENGTH + 1)
        return text.startsWith(`${hash(body)}\n`)
            ? (JSON.parse(body) as SerializedBuild)
            : undefined
    } catch {
        return undefined
    }
}

function stillHolds(path: string, fact: string): boolean {
    try {
        if (fact === "absent") return !existsSync(path)
        if (fact.startsWith("file:")) return fact === `file:${hash(readFileSync(path))}`
        return fact === `folder:${readdirSync(path).sort().join("/")}`
    } catch {
        return false
    }
}
