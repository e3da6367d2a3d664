import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { OPTIMIZE_LATER } from "../../host/base/node/optimize-later"
import { findCli } from "../../host/compiler/node/cli-package"

/**
 * Makes a folder a project as `devs init` of the official command makes one. That takes five seconds of a
 * processor: it is done once in a folder of this name, and what it made is kept beside what the tests have built.
 * @param project absolute path of a folder that is empty, or not there yet
 */
export function makeFreshProject(project: string): void {
    const { bundle, version } = findCli()
    const kept = join(process.env.XDG_CACHE_HOME!, `fresh-project-${version}`)
    if (!existsSync(kept)) {
        mkdirSync(dirname(kept), { recursive: true })
        const making = mkdtempSync(`${kept}-`)
        const fresh = join(making, "fresh")
        mkdirSync(fresh)
        const command = join(bundle, "../../devicescript")
        execFileSync(process.execPath, [...OPTIMIZE_LATER, command, "init", "--no-install"], {
            ...{ cwd: fresh, stdio: "pipe" },
            env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
        })
        try {
            renameSync(fresh, kept)
        } catch (error) {
            // Another file of tests was faster: it made the same.
            if (!existsSync(kept)) throw error
        }
        rmSync(making, { recursive: true, force: true })
    }
    cpSync(kept, project, { recursive: true, verbatimSymlinks: true })
}
