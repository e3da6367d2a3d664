import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync } from "node:fs"
import { relative, resolve } from "node:path"
import { withSlashes } from "../../base/node/with-slashes"
import type { ProjectFiles } from "../project-files"

/** A source file is far smaller; what a device or a huge file would give is never read. */
export const MAX_SOURCE_BYTES = 16 << 20

/**
 * What a compile saw, by absolute path: `file:<sha256>`, `folder:<names>`, `absent` where there was no
 * file (or what is none: a folder, a device), or `unknown` for what no cache can rely on.
 */
export type InputFacts = Record<string, string>

/** The files of a project on disk. It notes what was asked for and what was found. */
export class DiskFiles implements ProjectFiles {
    private readonly seen = new Map<string, string>()

    /**
     * @param project absolute path of the project's folder
     * @param instead texts to read in place of files, by absolute path
     */
    constructor(
        private readonly project: string,
        private readonly instead: Readonly<Record<string, string>> = {},
    ) {}

    get inputs(): InputFacts {
        return Object.fromEntries(this.seen)
    }

    resolve(name: string): string {
        return resolve(this.project, name)
    }

    relative(path: string): string {
        return withSlashes(relative(this.project, this.resolve(path)))
    }

    read(name: string): string | undefined {
        const path = this.resolve(name)
        if (Object.hasOwn(this.instead, path)) return this.instead[path]
        const bytes = readSource(path)
        this.note(path, fileFact(bytes))
        return bytes?.toString("utf8")
    }

    list(name: string): string[] {
        const path = this.resolve(name)
        const names = listFolder(path)
        this.note(path, folderFact(names))
        return names
    }

    /** Two answers for one path: it changed meanwhile. */
    private note(path: string, fact: string): void {
        const before = this.seen.get(path)
        this.seen.set(path, before === undefined || before === fact ? fact : "unknown")
    }
}

/** Whether what a compile saw is still so. */
export function stillHolds(path: string, fact: string): boolean {
    return fact.startsWith("folder:")
        ? fact === folderFact(listFolder(path))
        : fact === fileFact(readSource(path))
}

function readSource(path: string): Buffer | undefined {
    try {
        const stats = statSync(path)
        return stats.isFile() && stats.size <= MAX_SOURCE_BYTES ? readFileSync(path) : undefined
    } catch {
        return undefined
    }
}

function listFolder(path: string): string[] {
    try {
        return readdirSync(path).sort()
    } catch {
        return []
    }
}

function fileFact(bytes: Buffer | undefined): string {
    if (bytes === undefined) return "absent"
    return `file:${createHash("sha256").update(bytes).digest("hex")}`
}

function folderFact(names: readonly string[]): string {
    return `folder:${names.join("/")}`
}
