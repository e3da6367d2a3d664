import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { ProfileReport } from "../../host/documents/profile-report"

const root = packageRoot()

/** `go tool pprof`, the format's own reader. */
function pprof(file: string, ...flags: string[]): string {
    return execFileSync("go", ["tool", "pprof", ...flags, file], {
        encoding: "utf8",
        env: { ...process.env, PPROF_NO_BROWSER: "1" },
    })
}

test("pprof itself reads the profile: its totals and lines are the document's", () => {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-pprof-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, "heap.pb")
    const program = join(root, "test/vm/programs/profile-objects.ts")
    const json = execFileSync(
        process.execPath,
        [join(root, "dist/cli.js"), "profile", program, "--pprof", file, "--json"],
        { encoding: "utf8", maxBuffer: 1 << 26 },
    )
    const { total, functions } = JSON.parse(json) as ProfileReport
    const totals = { alloc_space: total.bytes, alloc_objects: total.allocations }
    const live = { inuse_space: total.liveBytes, inuse_objects: total.liveBlocks }
    for (const [name, value] of Object.entries({ ...totals, ...live })) {
        const unit = name.endsWith("space") ? ["-unit=B"] : []
        const text = pprof(file, "-top", "-nodecount=1000", `-sample_index=${name}`, ...unit)
        expect(text.replaceAll(/,| /g, ""), name).toMatch(new RegExp(`of${value}B?total`))
    }
    const raw = pprof(file, "-raw")
    // A line for each sample: its four values, and its locations.
    const samples = [...raw.matchAll(/^ +(\d+) +(\d+) +(\d+) +(\d+): /gm)]
    const sum = (column: number) => samples.reduce((all, one) => all + Number(one[column]), 0)
    expect([1, 2, 3, 4].map(sum)).toEqual([
        ...[total.allocations, total.bytes, total.liveBlocks, total.liveBytes],
    ])
    const named = functions.filter(({ self }) => self.bytes > 0).map(one => one.function)
    for (const name of named) expect(raw).toContain(name)
})
