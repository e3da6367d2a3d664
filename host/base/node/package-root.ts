import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

/**
 * The folder of the installed package: the nearest one above this module whose `package.json` is
 * ours. The same from the sources, from the bundle in `dist/`, and from inside `node_modules`.
 */
export function packageRoot(): string {
    return (found ??= find())
}

let found: string | undefined

function find(): string {
    const start = dirname(fileURLToPath(import.meta.url))
    for (let folder = start; ; folder = dirname(folder)) {
        const manifest = join(folder, "package.json")
        if (existsSync(manifest) && isOurs(manifest)) return folder
        if (folder === dirname(folder))
            throw new Error(`heapscope's own package.json is not above ${start}`)
    }
}

function isOurs(manifest: string): boolean {
    const content: unknown = JSON.parse(readFileSync(manifest, "utf8"))
    return (
        typeof content === "object" &&
        content !== null &&
        "name" in content &&
        content.name === "heapscope"
    )
}
