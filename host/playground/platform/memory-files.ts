import { dirname } from "path-browserify"
import type { FileChange } from "../board-messages"
import { PACKAGE_ROOT, PROJECT_ROOT } from "../project"

/** Hears of a file that was written or removed. */
type Listener = (folder: string, name: string) => void

/**
 * Files that are nowhere but in memory, by absolute path. Folders are there when something is in them.
 * What is below one folder can be seen below another, too, as through a link.
 */
export class MemoryFiles {
    private readonly contents = new Map<string, string | Uint8Array>()
    /** Names in each folder. */
    private readonly folders = new Map<string, Set<string>>()
    private readonly links = new Map<string, string>()
    private readonly listeners = new Set<Listener>()
    /** By path: which of all changes was its last. */
    private readonly changed = new Map<string, number>()
    private lastChange = 0

    /** How many changes there were: see `changesSince`. */
    get version(): number {
        return this.lastChange
    }

    /** What is not as it was by then: another worker is told of it. */
    changesSince(version: number): FileChange[] {
        return [...this.changed]
            .filter(([, change]) => change > version)
            .map(([path]) => [path, this.contents.get(path)])
    }

    /** Has `path` lead where `target` is. Both are absolute folders. */
    link(path: string, target: string): void {
        this.links.set(path, target)
        this.enter(path)
    }

    /** @param content undefined to remove it */
    write(path: string, content: string | Uint8Array | undefined): void {
        const real = this.real(path)
        this.changed.set(real, ++this.lastChange)
        if (content === undefined) {
            this.contents.delete(real)
            this.folders.get(dirname(real))?.delete(nameOf(real))
        } else {
            this.contents.set(real, content)
            this.enter(real)
        }
        for (const listener of this.listeners) listener(dirname(real), nameOf(real))
    }

    read(path: string): string | Uint8Array | undefined {
        return this.contents.get(this.real(path))
    }

    /** Sorted; undefined where there is no folder. */
    list(path: string): string[] | undefined {
        const names = this.folders.get(this.real(path))
        return names && [...names].sort()
    }

    /** The path without links. */
    real(path: string): string {
        for (const [link, target] of this.links)
            if (path === link || path.startsWith(`${link}/`))
                return this.real(target + path.slice(link.length))
        return path
    }

    /** @returns what stops it */
    watch(folder: string, listener: (name: string) => void): () => void {
        const real = this.real(folder)
        const hear: Listener = (changed, name) => {
            if (changed === real) listener(name)
        }
        this.listeners.add(hear)
        return () => void this.listeners.delete(hear)
    }

    private enter(path: string): void {
        for (let at = path; at !== "/"; at = dirname(at)) {
            const above = dirname(at)
            const names = this.folders.get(above)
            if (names?.has(nameOf(at))) return
            if (names) names.add(nameOf(at))
            else this.folders.set(above, new Set([nameOf(at)]))
        }
    }
}

function nameOf(path: string): string {
    return path.slice(path.lastIndexOf("/") + 1)
}

/** The files of this worker. A project of the reader's own has the package as if it were installed there. */
export const files = new MemoryFiles()
files.link(`${PROJECT_ROOT}/node_modules/heapscope`, PACKAGE_ROOT)
