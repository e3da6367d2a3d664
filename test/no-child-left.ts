import type { ChildProcess } from "node:child_process"
import { subscribe } from "node:diagnostics_channel"
import { once } from "node:events"
import { afterAll } from "vitest"

const PATIENCE_MS = 2000
/** Files that share a process share this, though each evaluates this module. */
const KEPT = Symbol.for("heapscope/children")
/** Browsers that a file is connected to: see `e2e/chromium`. */
const BROWSERS = Symbol.for("heapscope/browsers")
const kept = globalThis as {
    [KEPT]?: Set<ChildProcess>
    [BROWSERS]?: Set<{ close(): Promise<void> }>
}
const children = (kept[KEPT] ??= watchChildren())

function watchChildren(): Set<ChildProcess> {
    const started = new Set<ChildProcess>()
    subscribe("child_process", message => {
        const { process: child } = message as { process: ChildProcess }
        started.add(child)
        child.once("exit", () => started.delete(child))
        child.once("error", () => started.delete(child))
    })
    return started
}

/** What a file of tests started is gone with it: when a test timed out, and when its set-up failed, too. */
afterAll(async () => {
    // Their tabs, that is: the browser itself goes on for others.
    for (const browser of kept[BROWSERS] ?? []) await browser.close()
    for (const child of children) {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
            continue
        // One for all files of a process, it ends with that; without it the next file could not bundle.
        if (/[\\/]esbuild(\.exe)?$/.test(child.spawnfile)) continue
        const exited = once(child, "exit")
        child.kill()
        const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS)
        await exited
        clearTimeout(timer)
    }
})
