import { createHash } from "node:crypto"
import { relative, resolve } from "node:path"
import { stillHolds, type InputFacts } from "./disk-files"
import { keepBounded } from "./bounded-cache"
import { UserCache } from "./user-cache"

/** Raise it when what is stored, or what it depends on, changes: older builds are then not found. */
const FORMAT = 4

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

/**
 * What stands in the first line of a stored build, its paths relative to the project. The rest is the debug
 * information as it is, the most of it by far: few need more of it than to compare it.
 */
interface StoredHead {
    inputs: InputFacts
    /** In base64. */
    bytecode: string
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
        const text = bytes.toString()
        const end = text.indexOf("\n")
        const { inputs, bytecode } = JSON.parse(text.slice(0, end)) as StoredHead
        const isCurrent = Object.entries(inputs).every(([path, fact]) =>
            stillHolds(resolve(this.project, path), fact),
        )
        if (!isCurrent) return undefined
        return {
            bytecode: new Uint8Array(Buffer.from(bytecode, "base64")),
            debugJson: text.slice(end + 1),
            inputs,
        }
    }

    /** Stores a build in place of the one before. */
    store(identity: BuildIdentity, build: StoredBuild): void {
        const inputs = Object.entries(build.inputs).map(([path, fact]) => [
            relative(this.project, resolve(this.project, path)),
            fact,
        ])
        const head: StoredHead = {
            inputs: Object.fromEntries(inputs),
            bytecode: Buffer.from(build.bytecode).toString("base64"),
        }
        const bytes = Buffer.from(`${JSON.stringify(head)}\n${build.debugJson}`)
        if (this.cache) keepBounded(this.cache, this.nameOf(identity), bytes, this.maxBuilds)
    }

    private nameOf({ compilerVersion, board, entry }: BuildIdentity): `${string}.build` {
        const identity = [FORMAT, compilerVersion, board ?? null, this.project, entry]
        const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex")
        return `${hash.slice(0, 32)}.build`
    }
}
