import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { spawn } from "@lydell/node-pty"
import { packageRoot } from "../../host/base/node/package-root"
import { promise } from "./side-by-side"

const SECONDS = 20
/** What ends a frame on the terminal. */
const END_OF_FRAME = "\u001b[?2026l"

const root = packageRoot()
const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const usage = join(folder, "usage.json")
const tell = join(folder, "tell.mjs")
writeFileSync(
    tell,
    `import { writeFileSync } from "node:fs"
setInterval(() => {
    const { user, system } = process.cpuUsage()
    writeFileSync(${JSON.stringify(usage)}, JSON.stringify({ ms: performance.now(), cpuMs: (user + system) / 1000 }))
}, 1000).unref()`,
)

/** Milliseconds of a processor that the watch took until a moment shortly ago. */
function taken(): { ms: number; cpuMs: number } {
    return JSON.parse(readFileSync(usage, "utf8")) as { ms: number; cpuMs: number }
}

for (const [columns, rows] of [
    [80, 24],
    [120, 40],
] as const) {
    const terminal = spawn(
        process.execPath,
        [join(root, "dist/cli.js"), "watch", "--sim", "devs/station/main.ts"],
        {
            ...{ name: "xterm-256color", cols: columns, rows, cwd: root },
            env: { ...process.env, NODE_OPTIONS: `--import=${tell}` },
        },
    )
    let frames = 0
    terminal.onData(data => (frames += data.split(END_OF_FRAME).length - 1))
    while (frames === 0) await sleep(50)
    // Its start is no part of it, nor that its code is compiled when it has run for a while.
    await sleep(10_000)
    const before = { frames, ...taken(), at: performance.now() }
    await sleep(SECONDS * 1000)
    const seconds = (performance.now() - before.at) / 1000
    const hertz = (frames - before.frames) / seconds
    const after = taken()
    const share = (after.cpuMs - before.cpuMs) / (after.ms - before.ms)
    terminal.write("q")
    console.log(
        `  ${columns} x ${rows}: ${hertz.toFixed(1)} frames a second, ${(share * 100).toFixed(1)} % of a core, the simulated board's part included`,
    )
    promise("seconds for ten frames", 10 / hertz, 1)
    promise("of a core", share, 0.05)
}
rmSync(folder, { recursive: true, force: true })
