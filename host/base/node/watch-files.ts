import { watch, type FSWatcher } from "node:fs"

/** What an editor writes beside the files themselves. */
const PASSING = /^\.(?!env)|~$|\.(tmp|swp|swx)$/

/**
 * Hears of files that are written, made, renamed or deleted in some folders, not in those below. Many
 * events may tell of one change. It does not keep its process running.
 */
export class FileWatch {
    private readonly watchers = new Map<string, FSWatcher>()

    /** @param onChange may be called from any turn of the event loop */
    constructor(private readonly onChange: (folder: string, file: string | null) => void) {}

    /** Watches these folders from now on, and no others. One that is not there is left out. */
    watch(folders: Iterable<string>): void {
        const wanted = new Set(folders)
        for (const [folder, watcher] of this.watchers)
            if (!wanted.has(folder)) {
                watcher.close()
                this.watchers.delete(folder)
            }
        for (const folder of wanted) if (!this.watchers.has(folder)) this.add(folder)
    }

    close(): void {
        this.watch([])
    }

    private add(folder: string): void {
        try {
            const watcher = watch(folder, { persistent: false }, (_, file) => {
                if (file === null || !PASSING.test(file)) this.onChange(folder, file)
            })
            // It went away: whoever builds what was in it is told.
            watcher.on("error", () => this.forget(folder))
            this.watchers.set(folder, watcher)
        } catch {
            // What cannot be watched is built anew when something else changes.
        }
    }

    private forget(folder: string): void {
        this.watchers.get(folder)?.close()
        this.watchers.delete(folder)
    }
}
