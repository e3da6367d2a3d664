import { lstatSync, readdirSync, rmSync } from "node:fs"
import { resolve } from "node:path"
import type { UserCache } from "./user-cache"

/**
 * What a user's cache has many of, by how their names end, and how many of each: a build for each program
 * that was ever asked for (0.1 to 0.5 MB), a report for each run that may be asked for again (up to 1 MB),
 * and a word, without content, that one was; how a program lives and dies (20 kB).
 */
const MOST = { ".build": 512, ".run": 128, ".asked": 512, ".life": 256 }
type Suffix = keyof typeof MOST
const SUFFIXES = Object.keys(MOST) as Suffix[]

/** Anything else of ours this old serves a Node release that is used no more, or was left by a crash. */
const STALE_MS = 30 * 24 * 60 * 60 * 1000
/** All that is ever removed: names of `MOST`, of `kept-code.ts`, of `server/`, `snapshot/` and of last runs. */
const OUR_NAMES =
    /^(([0-9a-f]{32}\.(build|run|asked|life)|code-[\w.-]+\.bin|snapshot-[0-9a-f]{16}\.(blob|note|tried)|last-[a-z]+-[0-9a-f]{32}\.json)(\.\d+-[0-9a-f]{8}\.tmp)?|compiler-[0-9a-f]{16}(\.\d+)?)$/

/**
 * Stores one of many: of its kind the oldest go, and with them what nobody uses any more. It may fail.
 * @param name 32 hexadecimal digits and one of the endings
 * @param most of its kind, when another number than usual
 */
export function keepBounded(
    cache: UserCache,
    name: `${string}${Suffix}`,
    data: Uint8Array,
    most?: number,
): void {
    cache.write(name, data)
    try {
        const bounds = SUFFIXES.map(suffix => ({
            suffix,
            most: (name.endsWith(suffix) ? most : undefined) ?? MOST[suffix],
            files: [] as { path: string; writtenMs: number }[],
        }))
        const folder = cache.pathOf("")
        for (const name of readdirSync(folder).filter(name => OUR_NAMES.test(name))) {
            const path = resolve(folder, name)
            const writtenMs = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
            const bound = bounds.find(({ suffix }) => name.endsWith(suffix))
            if (bound) bound.files.push({ path, writtenMs })
            else if (writtenMs < Date.now() - STALE_MS) rmSync(path, { force: true })
        }
        for (const { most, files } of bounds) {
            files.sort((a, b) => b.writtenMs - a.writtenMs)
            for (const { path } of files.slice(most)) rmSync(path, { force: true })
        }
    } catch {
        // Somebody else does the same, or may.
    }
}
