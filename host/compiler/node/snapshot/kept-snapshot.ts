import { createHash } from "node:crypto"
import { chmodSync, lstatSync, readdirSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { OPTIMIZE_LATER } from "../../../base/node/optimize-later"
import { packageRoot } from "../../../base/node/package-root"
import { COMPILER_FILE } from "../../compiler-file"
import { codeIdOf } from "../kept-code"
import { UserCache } from "../user-cache"

/** `snapshot-main.ts` in the built package. */
export const SNAPSHOT_PROGRAM = "compiler-snapshot.cjs"
/** Memory that a compile may take, in MiB; the largest programs that fit a board take a quarter of it. */
export const MAX_HEAP_MB = 2048
/** V8's flags: a snapshot serves those alone that it was made with. */
export const SNAPSHOT_FLAGS = [...OPTIMIZE_LATER, `--max-old-space-size=${MAX_HEAP_MB}`]

/** So many are kept, of releases of Node and of this package: each takes 23 MB. */
const MAX_SNAPSHOTS = 2
/** None is near as large, in bytes. */
const MAX_BYTES = 96 << 20
/** After one that failed, or that could not be used, the next is made when so long has passed. */
const TRY_AGAIN_MS = 24 * 60 * 60 * 1000

/**
 * The snapshot of a compiler that has compiled something, in the user's own cache: a file that Node starts from.
 * Node is given its path, so it is too late to compare its content then. It is believed if it is the very
 * file that was stored, and nobody has written to it since.
 */
export class KeptSnapshot {
    private constructor(
        private readonly cache: UserCache,
        private readonly name: string,
    ) {}

    /** @returns undefined where nothing can be kept, or the package is not built */
    static open(cache = UserCache.open(), root = packageRoot()): KeptSnapshot | undefined {
        try {
            const ids = [SNAPSHOT_PROGRAM, COMPILER_FILE].map(file =>
                codeIdOf(join(root, "dist", file)),
            )
            if (!cache || ids.includes(undefined)) return undefined
            const about = [...ids, process.version, process.arch, ...SNAPSHOT_FLAGS]
            const hash = createHash("sha256").update(about.join("\0")).digest("hex")
            return new KeptSnapshot(cache, `snapshot-${hash.slice(0, 16)}`)
        } catch {
            return undefined
        }
    }

    /** Where it is, or is to be. */
    get path(): string {
        return this.cache.pathOf(`${this.name}.blob`)
    }

    /** Whether a process can start from what is there. */
    get isThere(): boolean {
        const known = this.cache.read(`${this.name}.note`)
        return known !== undefined && known.toString() === factsOf(this.path)
    }

    /** Whether one should be made: there is none, and nobody is at it or has failed of late. */
    get isWanted(): boolean {
        return !this.isThere && !this.wasTried
    }

    /**
     * Says that one is being made, until it is kept.
     * @returns false when somebody else is at it
     */
    begin(): boolean {
        if (!this.isWanted) return false
        this.cache.write(`${this.name}.tried`, new Uint8Array(1))
        return true
    }

    /**
     * Keeps what was made, and removes others that were not made of late.
     * @param made a file in the cache's folder
     */
    keep(made: string): void {
        chmodSync(made, 0o600)
        renameSync(made, this.path)
        const facts = factsOf(this.path)
        if (facts === undefined) return
        this.cache.write(`${this.name}.note`, Buffer.from(facts))
        rmSync(this.cache.pathOf(`${this.name}.tried`), { force: true })
        this.removeOthers()
    }

    /** To be told when no process can start from it: it is not used again. */
    forget(): void {
        this.cache.write(`${this.name}.tried`, new Uint8Array(1))
        for (const ending of ["note", "blob"])
            rmSync(this.cache.pathOf(`${this.name}.${ending}`), { force: true })
    }

    private get wasTried(): boolean {
        const path = this.cache.pathOf(`${this.name}.tried`)
        const triedMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity
        return Math.abs(Date.now() - triedMs) < TRY_AGAIN_MS
    }

    private removeOthers(): void {
        const folder = this.cache.pathOf("")
        const ageOf = (name: string) =>
            lstatSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
        const blobs = readdirSync(folder).filter(name => /^snapshot-[0-9a-f]{16}\.blob$/.test(name))
        blobs.sort((a, b) => ageOf(b) - ageOf(a))
        for (const blob of blobs.slice(MAX_SNAPSHOTS))
            for (const name of [blob, blob.replace(/blob$/, "note")])
                rmSync(join(folder, name), { force: true })
    }
}

/** What is another after the file was written to, or exchanged with one; undefined where none can be used. */
function factsOf(path: string): string | undefined {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false })
    if (!stats?.isFile() || stats.size > MAX_BYTES) return undefined
    const isOwn = process.getuid === undefined || stats.uid === BigInt(process.getuid())
    return isOwn ? [stats.size, stats.ino, stats.ctimeNs].join(" ") : undefined
}
