import { joinPath } from "../../base/join-path"
import type { SizePart, SizeUnused } from "../../documents/size/size-report"
import type { Program } from "../../model/program/program"
import { isLibraryPath, SourceMap } from "../../model/program/source-map"
import type { TypeScriptParser } from "../official-compiler"
import { declarationsOf, type Declared } from "./declarations"

/** The function that gives classes their methods: it names them all. */
const PROTOTYPE = "prototype"
const MAIN = "main"
/** Methods that the runtime calls by itself. */
const CALLED_BY_RUNTIME = /^_on[A-Z]/

/**
 * What of a program's own sources nothing uses, what takes most first: methods that no code names, variables
 * that nobody reads, what only those use; and what the compiler left out, which takes no flash.
 * @param parts of its bytecode file
 * @returns undefined for a program without its sources
 */
export function unusedParts(
    ts: TypeScriptParser,
    { debug, sourceFolder }: Pick<Program, "debug" | "sourceFolder">,
    parts: readonly SizePart[],
): SizeUnused[] | undefined {
    if (!debug) return undefined
    const sources: { path: string; text: string }[] = []
    const starts = new Map<string, number>()
    let position = 0
    for (const { path, length, text } of debug.sources) {
        starts.set(path, position)
        position += length
        if (text !== undefined && /\.tsx?$/.test(path) && !isLibraryPath(path))
            sources.push({ path, text })
    }
    if (sources.length === 0) return undefined
    const functions = parts.filter(({ kind }) => kind === "function")
    const fileOf = ({ path }: Declared) => joinPath(sourceFolder, path)
    const partOf = (one: Declared) =>
        functions.find(
            ({ name, file, line }) =>
                name === nameOf(one) && line === one.line && file === fileOf(one),
        )
    const declared = declarationsOf(ts, sources)
    const made = new Map(declared.map(one => [one, partOf(one)] as const))
    const unused = deadOf(made, functions)
    const map = SourceMap.of(debug)
    const main = debug.functions.find(({ name }) => name === MAIN)
    const list: SizeUnused[] = []
    for (const [one, part] of made) {
        const { kind, name, line, isExported } = one
        const told = { kind, name, file: fileOf(one), line, ...(isExported && { isExported }) }
        if (kind === "variable") {
            if (one.isNamed) continue
            const start = starts.get(one.path)! + one.start
            const end = starts.get(one.path)! + one.end
            const bytes =
                (main ? map.bytesOf(main, start, end) : 0) +
                debug.functions
                    .filter(({ location }) => location && location[0] >= start && location[0] < end)
                    .filter(({ name: made }) => made !== MAIN && made !== PROTOTYPE)
                    .reduce((sum, { size }) => sum + size, 0)
            list.push({ ...told, bytes, keptBy: bytes > 0 ? [MAIN] : [] })
        } else if (!part) {
            // Of a class that is left out, all is.
            const isOfNone =
                kind === "method" &&
                declared.some(
                    other =>
                        other.kind === "class" &&
                        other.path === one.path &&
                        other.name === classOf(one) &&
                        !made.get(other),
                )
            if (!isOfNone) list.push({ ...told, bytes: 0, keptBy: [] })
        } else if (unused.has(part)) {
            const keptBy = isOnlyAMethod(part) ? [classOf(one)] : part.keptBy
            list.push({ ...told, bytes: part.bytes, keptBy })
        }
    }
    return list.sort((a, b) => b.bytes - a.bytes)
}

/** Functions of the file that are never called: no code names them, or only such code does. */
function deadOf(
    made: ReadonlyMap<Declared, SizePart | undefined>,
    functions: readonly SizePart[],
): ReadonlySet<SizePart> {
    const dead = new Set<SizePart>()
    const isDead = (name: string) => {
        const called = functions.filter(one => one.name === name)
        return called.length > 0 && called.every(one => dead.has(one))
    }
    for (let before = -1; before < dead.size;) {
        before = dead.size
        for (const [one, part] of made) {
            if (!part || CALLED_BY_RUNTIME.test(nameOf(one))) continue
            const { keptBy } = part
            const isOfDead = keptBy.length > 0 && keptBy.every(isDead)
            if (isOfDead || (one.kind === "method" && isOnlyAMethod(part))) dead.add(part)
        }
    }
    return dead
}

function isOnlyAMethod({ keptBy }: SizePart): boolean {
    return keptBy.length === 1 && keptBy[0] === PROTOTYPE
}

function nameOf({ name }: Declared): string {
    return name.slice(name.indexOf(".") + 1)
}

function classOf({ name }: Declared): string {
    return name.slice(0, name.indexOf("."))
}
