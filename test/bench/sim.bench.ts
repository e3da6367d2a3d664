import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { packageRoot } from "../../host/base/node/package-root"
import { findCli } from "../../host/compiler/node/cli-package"
import { promise, sideBySide } from "./side-by-side"

const root = packageRoot()
const cli = join(root, "dist/cli.js")
const devs = join(findCli().bundle, "../../devicescript")
const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
cpSync(join(root, "devs"), join(folder, "devs"), {
    recursive: true,
    filter: path => !/node_modules|\.devicescript/.test(path),
})
cpSync(join(root, "src"), join(folder, "src"), { recursive: true })
const project = join(folder, "devs")
const extra = join(project, "station/menu.ts")
const options = {
    cwd: project,
    env: { ...process.env, NO_UPDATE_NOTIFIER: "1", HEAPSCOPE_KEPT: "0" },
}
const heapscope = () =>
    execFileSync(process.execPath, [cli, "sim", "station/main.ts", "--json"], options)
const official = () => execFileSync(process.execPath, [devs, "build", "station/main.ts"], options)
let edits = 0
const edit = () => {
    const menu = execFileSync("cat", [extra])
        .toString()
        .replace(/\n\/\/ edit \d+\n$/, "")
    writeFileSync(extra, `${menu}\n// edit ${++edits}\n`)
}

try {
    console.log("10 simulated seconds of the station, after an edit")
    const ratio = await sideBySide(
        { name: "devs build alone", run: official },
        {
            name: "heapscope sim: compile and simulate",
            run: () => {
                edit()
                heapscope()
            },
        },
    )
    promise("simulating costs little beside compiling", ratio, 1.15)

    console.log("10 simulated seconds of the station, nothing changed")
    heapscope()
    await sideBySide(
        { name: "node alone", run: () => execFileSync(process.execPath, ["-e", ""]) },
        { name: "heapscope sim", run: heapscope },
    )
} finally {
    rmSync(folder, { recursive: true, force: true })
}
