import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { FileWatch } from "../base/node/watch-files"
import { lastRun, lastRunFile, type LastRuns } from "../tasks/last-run"

/** What is known of a project. */
export interface Project {
    folder: string
    last: { [K in keyof LastRuns]: LastRuns[K] | undefined }
}

const KINDS = ["profile", "check"] as const

/** The projects that somebody has a file of open, each with its last runs, read again when there is a new one. */
export class Projects {
    private readonly known = new Map<string, Project>()
    private readonly watch = new FileWatch((_, file) => this.changed(file))

    /** @param onRun called when a project has a new last run, and for the check of one that is new itself */
    constructor(private readonly onRun: (project: Project, kind: keyof LastRuns) => void) {}

    /** The project that a file, or a folder, is in; undefined where there is none. */
    of(path: string): Project | undefined {
        let folder = path
        while (!existsSync(join(folder, "devsconfig.json"))) {
            const above = dirname(folder)
            if (above === folder) return undefined
            folder = above
        }
        return this.known.get(folder) ?? this.add(folder)
    }

    /** The first that somebody had a file of open. */
    any(): Project | undefined {
        return this.known.values().next().value
    }

    close(): void {
        this.watch.close()
    }

    private add(folder: string): Project {
        const last = { profile: lastRun(folder, "profile"), check: lastRun(folder, "check") }
        const project = { folder, last }
        this.known.set(folder, project)
        const file = lastRunFile(folder, "profile")
        if (file) this.watch.watch([file.folder])
        if (last.check) this.onRun(project, "check")
        return project
    }

    /** Many other files change in that folder. */
    private changed(file: string | null): void {
        for (const project of this.known.values())
            for (const kind of KINDS) {
                if (file !== null && file !== lastRunFile(project.folder, kind)?.name) continue
                project.last = { ...project.last, [kind]: lastRun(project.folder, kind) }
                this.onRun(project, kind)
            }
    }
}
