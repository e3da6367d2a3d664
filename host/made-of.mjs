// Whether dist/ is what it would be if it were made again: npm prepares the package more often than it
// changes, at the first `npx heapscope` after `npm ci`, for one.
import { createHash } from "node:crypto"
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** What dist/ is made of, from the package's folder: our code, and the packages by their lock file. */
const INPUTS = ["host", "src", "package.json", "package-lock.json"]
const STAMP = ".made-of.json"

/** Whether `dist` was made of what is there now, and nothing of it has gone. */
export function isMade(root, dist) {
    try {
        const { inputs, outputs } = JSON.parse(readFileSync(join(dist, STAMP), "utf8"))
        return inputs === hashOf(root) && outputs === listOf(dist)
    } catch {
        return false
    }
}

/** Notes what `dist`, which is complete, was made of. */
export function noteMade(root, dist) {
    writeFileSync(
        join(dist, STAMP),
        JSON.stringify({ inputs: hashOf(root), outputs: listOf(dist) }) + "\n",
    )
}

function hashOf(root) {
    const hash = createHash("sha256")
    for (const input of INPUTS)
        for (const file of filesOf(root, input))
            hash.update(`${file}\0`)
                .update(readFileSync(join(root, file)))
                .update("\0")
    return hash.digest("hex")
}

/** Names and sizes: who changes a file of dist/ by hand means to. */
function listOf(dist) {
    const files = filesOf(dist, "").filter(file => file !== STAMP)
    return files.map(file => `${file} ${statSync(join(dist, file)).size}`).join("\n")
}

/** The files of a folder, or the file itself, from `root`, with forward slashes, in an order of their own. */
function filesOf(root, name) {
    if (!statSync(join(root, name)).isDirectory()) return [name]
    return readdirSync(join(root, name), { withFileTypes: true, recursive: true })
        .filter(entry => entry.isFile())
        .map(({ parentPath, path, name }) => join(parentPath ?? path, name))
        .map(path => path.slice(join(root, "/").length).replaceAll("\\", "/"))
        .sort()
}
