import { existsSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { withSlashes } from "../../base/node/with-slashes"

/** A folder as it is seen from its git repository's: where CI looks for files. Empty outside of one. */
export function folderInRepository(cwd: string): string {
    for (let folder = cwd; ; folder = dirname(folder)) {
        if (existsSync(join(folder, ".git"))) return withSlashes(relative(folder, cwd))
        if (dirname(folder) === folder) return ""
    }
}
