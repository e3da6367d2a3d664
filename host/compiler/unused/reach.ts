import { joinPath } from "../../base/join-path"

/** A source, and what it names others by. */
export interface Importing {
    path: string
    isScript: boolean
    imports: readonly string[]
    /** From what it exports something as its own. */
    passedOn: readonly string[]
}

const OFFICIAL = /^@(devicescript|dsboard)\//

/**
 * Which sources can name what another declares: those that import from it, or from one that passes on
 * what it has. An import that leads to no file by its text may lead to any.
 */
export function reachOf<T extends Importing>(sources: readonly T[]): (from: T, to: T) => boolean {
    const targets = (from: T, names: readonly string[]) =>
        sources.filter(to => names.some(name => leadsTo(from.path, name, to.path)))
    const reached = new Map<T, Set<T>>()
    for (const source of sources) {
        const all = new Set(targets(source, [...source.imports, ...source.passedOn]))
        for (const one of all) for (const next of targets(one, one.passedOn)) all.add(next)
        reached.set(source, all)
    }
    return (from, to) => to.isScript || reached.get(from)?.has(to) === true
}

function leadsTo(from: string, name: string, to: string): boolean {
    if (!name.startsWith(".")) return !OFFICIAL.test(name)
    const path = joinPath(from.split("/").slice(0, -1).join("/"), name).replace(/\.[jt]sx?$/, "")
    const target = to.replace(/\.tsx?$/, "")
    return target === path || target === joinPath(path, "index")
}
