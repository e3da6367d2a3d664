import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { setTimeout as sleep } from "node:timers/promises"
import { expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { MemoryEvent } from "../../host/model/events"
import { serve, until } from "../vm/link/rig"
import { CLI } from "./terminal"

/** More than a pipe, the command's own output and its queue of 3,000 events hold. */
const LINES = 12_000
/** Memory that may come and go in between, MB; as strings alone, the lines would be about as much. */
const MAX_GROWTH_MB = 30

test.runIf(process.env.HEAPSCOPE_LONG)(
    "nobody reads what `watch --port` prints: the board goes on, memory stays, what is lost is counted",
    async () => {
        let printed = 0
        const board = await serve("counting", {
            speed: 100,
            onEvent: ({ kind }) => void (kind === "log" && printed++),
        })
        const args = [CLI, "watch", "--port", board.address, "--json"]
        const watch = spawn(process.execPath, args, { cwd: packageRoot(), stdio: "pipe" })
        try {
            const megabytes = () => {
                const status = `/proc/${watch.pid}/status`
                if (!existsSync(status)) return 0
                return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))![1]) / 1024
            }
            await until(() => printed > LINES / 3, 30_000)
            const before = megabytes()
            await until(() => printed > LINES, 30_000)
            await sleep(200)
            expect(megabytes() - before).toBeLessThan(MAX_GROWTH_MB)

            let last: number | undefined
            let lost: number | undefined
            for await (const line of createInterface(watch.stdout)) {
                const event = JSON.parse(line) as MemoryEvent
                if (event.kind !== "log") continue
                const omitted = /^heapscope: (\d+) lines left out/.exec(event.text)?.[1]
                if (omitted !== undefined) lost = Number(omitted)
                // It prints faster than a cable carries.
                if (event.text === "heapscope: the board left out some of its log") last = undefined
                const count = /^count (\d+)$/.exec(event.text)?.[1]
                if (count === undefined) continue
                const step = Number(count) - (last ?? Number(count) - 1)
                if (lost === undefined) expect(step).toBe(1)
                else expect(step).toBeGreaterThanOrEqual(1 + lost)
                last = Number(count)
                if (lost !== undefined) break
            }
            expect(lost).toBeGreaterThan(1000)
        } finally {
            watch.kill("SIGINT")
            watch.stdout.resume()
            if (watch.exitCode === null) await once(watch, "exit")
            await board.close()
        }
    },
    90_000,
)
