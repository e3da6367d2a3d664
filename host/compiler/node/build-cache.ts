import { createHash } from "node:crypto"
import { relative, resolve } from "node:path"
import { stillHolds, type InputFacts } from "./disk-files"
import { keepBounded } from "./bounded-cache"
import { UserCache } from "./user-cache"

/** Raise it when what is stored, or what it depends on, changes: older builds are then not found. */
const FORMAT = 3
/** Before the rest stands how long what is told in JSON is, as a little-endian number. */
const LENGTH_BYTES = 4

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
    /** Text of `bytecode-dbg.json`; in UTF-8 as it is loaded: few need more of it than to compare it. */
    debugJson: string | Uint8Array
    /** Paths are absolute, or relative to the project. */
    inputs: InputFacts
}

/** What stands before the bytecode and the debug information, which are stored as they are. */
interface StoredHead {
    /** Paths are relative to the project. */
    inputs: InputFacts
    bytecodeBytes: number
}

/**
 * Compiled programs of one project, kept in the user's own cache: nothing that a project brings along
 * is believed. Each is stored with everything the compiler looked at: files by the hash of what it
 * read, folders by the names it found, and paths where it found nothing. A build is valid while all of
 * that holds, so a file that newly appears where the compiler had looked in vain invalidates just as a
 * change does.
 */
export class BuildCache {
    /** @param project absolute path of a project's folder */
    constructor(
        private readonly project: string,
        private readonly cache: UserCache | undefined = UserCache.open(),
        private readonly maxBuilds?: number,
    ) {}

    /** The stored build, if it is whole and nothing it depends on has changed. */
    load(identity: BuildIdentity): StoredBuild | undefined {
        const bytes = this.cache?.read(this.nameOf(identity))
        if (bytes === undefined) return undefined
        const from = LENGTH_BYTES + bytes.readUInt32LE()
        const { inputs, bytecodeBytes } = JSON.parse(
            bytes.toString("utf8", LENGTH_BYTES, from),
        ) as StoredHead
        const isCurrent = Object.entries(inputs).every(([path, fact]) =>
            stillHolds(resolve(this.project, path), fact),
        )
        if (!isCurrent) return undefined
        const to = from + bytecodeBytes
        return {
            bytecode: new Uint8Array(bytes.subarray(from, to)),
            debugJson: new Uint8Array(bytes.subarray(to)),
            inputs,
        }
    }

    /** Stores a build in place of the one before. */
    store(identity: BuildIdentity, build: StoredBuild): void {
        const inputs = Object.entries(build.inputs).map(([path, fact]) => [
            relative(this.project, resolve(this.project, path)),
            fact,
        ])
        const head = Buffer.from(
            JSON.stringify({
                inputs: Object.fromEntries(inputs),
                bytecodeBytes: build.bytecode.length,
            } satisfies StoredHead),
        )
        const length = Buffer.alloc(LENGTH_BYTES)
        length.writeUInt32LE(head.length)
        const bytes = Buffer.concat([
            ...[length, head, build.bytecode],
            Buffer.from(build.debugJson as string),
        ])
        if (this.cache) keepBounded(this.cache, this.nameOf(identity), bytes, this.maxBuilds)
    }

    private nameOf({ compilerVersion, board, entry }: BuildIdentity): `${string}.build` {
        const identity = [FORMAT, compilerVersion, board ?? null, this.project, entry]
        const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex")
        return `${hash.slice(0, 32)}.build`
    }
}
