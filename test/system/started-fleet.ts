import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { expect, onTestFinished } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { FleetReport } from "../../host/documents/fleet/fleet-report"

const CLI = join(packageRoot(), "dist/cli.js")

/** A fleet in a folder of its own, as its configuration there says. */
export function startFleet(folder: string, fleet: object, env: NodeJS.ProcessEnv = {}) {
    writeFileSync(join(folder, "heapscope.config.json"), JSON.stringify({ fleet }))
    const child = spawn(process.execPath, [CLI, "fleet", "--json", "--store", "store"], {
        cwd: folder,
        env: { ...process.env, HEAPSCOPE_DAEMON: "0", ...env },
        stdio: ["ignore", "pipe", "pipe"],
    })
    onTestFinished(() => void child.kill("SIGKILL"))
    let [printed, said] = ["", ""]
    child.stdout.on("data", data => (printed += String(data)))
    createInterface({ input: child.stderr }).on("line", line => (said += line + "\n"))
    const ended = once(child, "close")
    return {
        said: () => said,
        async end(): Promise<FleetReport> {
            child.kill("SIGINT")
            const [code] = (await ended) as [number]
            expect(code, said).toBe(130)
            return JSON.parse(printed) as FleetReport
        },
    }
}

export interface Line {
    atMs: number
    device: string
    metrics: Record<string, number | Record<string, number>>
}

export function linesOf(file: string): Line[] {
    return readFileSync(file, "utf8")
        .trimEnd()
        .split("\n")
        .map(line => JSON.parse(line) as Line)
}
