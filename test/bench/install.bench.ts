import { execFileSync } from "node:child_process"
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import { aim } from "./side-by-side"

/** Megabytes (10^6 bytes) on the disk. */
const MOST_MB = 40

const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const npm = (cwd: string, ...args: string[]) =>
    execFileSync("npm", [...args, "--ignore-scripts", "--silent"], { cwd, encoding: "utf8" })
try {
    const project = join(folder, "project")
    mkdirSync(project)
    writeFileSync(join(project, "package.json"), '{ "name": "project", "private": true }')
    const archive = npm(packageRoot(), "pack", "--pack-destination", folder).trim()
    npm(project, "install", "--no-audit", "--no-fund", "--omit=dev", join(folder, archive))
    const modules = join(project, "node_modules")
    const files = readdirSync(modules, { recursive: true, encoding: "utf8" })
    const sizes = files.map(file => {
        // As `du` counts: the blocks that hold it.
        const { blocks } = lstatSync(join(modules, file))
        return { file, bytes: blocks * 512 }
    })
    const isPackage = /(^|\/)node_modules\/(@[^/]+\/)?[^/@.]+\/package\.json$/
    const packages = files.filter(file => isPackage.test(`node_modules/${file}`))
    const of = (some: typeof sizes) => some.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6
    const own = of(sizes.filter(({ file }) => file.startsWith("heapscope/")))
    console.log(
        `${of(sizes).toFixed(1)} MB in ${packages.length} packages, ${own.toFixed(1)} MB of them heapscope's own`,
    )
    aim("an install for a user, in MB", of(sizes), MOST_MB)
} finally {
    rmSync(folder, { recursive: true })
}
