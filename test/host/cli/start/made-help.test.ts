import { execFileSync, spawnSync } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../../../host/base/node/package-root"
import { printMadeHelp } from "../../../../host/cli/start/made-help"
import { makeFolder } from "../../compiler/node/build-project"

const cli = join(packageRoot(), "dist/cli.cjs")

function bash(line: string): string {
    const script = `heapscope() { "${process.execPath}" "${cli}" "$@"; }\n${line}`
    return execFileSync("bash", ["-c", script], { encoding: "utf8" })
}

test("the list of commands as it was made is the one that is made anew, into a pipe and a file", () => {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    // With any other flag beside it, it is made anew.
    const anew = bash("heapscope --no-daemon --help | cat")
    expect(anew).toContain("Usage: heapscope [options] [command]")
    for (const flag of ["--help", "-h"]) expect(bash(`heapscope ${flag} | cat`)).toBe(anew)
    const file = join(folder, "help.txt")
    bash(`heapscope --help > ${file}`)
    expect(readFileSync(file, "utf8")).toBe(anew)
})

test("who cannot be written to is told of", () => {
    const script = `"${process.execPath}" "${cli}" --help > /dev/full`
    const { status, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" })
    expect(stderr).toContain("stdout cannot be written: ENOSPC")
    expect(status).toBe(2)
})

test("without one that was made nothing is printed", () => {
    expect(printMadeHelp(join(packageRoot(), "host"))).toBe(false)
})
