import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { CheckReport } from "../../host/documents/check/report"
import { build } from "../vm/harness"
import { heapscopeHere } from "./command"
import { openTerminal } from "./terminal"

let folder: string
let env: NodeJS.ProcessEnv

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-config-"))
    env = { XDG_CACHE_HOME: join(folder, "cache"), CI: "" }
    writeFileSync(join(folder, "program.devs"), (await build("live-timers")).bytecode)
    writeFileSync(
        join(folder, "heapscope.config.ts"),
        `import { defineConfig } from "heapscope/config"

const limit: string = "1kB"
export default defineConfig({
    programs: ["program.devs"],
    for: "10s",
    budgets: { live: limit },
})
`,
    )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(...args: string[]) {
    return heapscopeHere(["check", ...args], { cwd: folder, env: { ...process.env, ...env } })
}

test("a project's code is asked about once on a terminal, and never run before", async () => {
    const asJson = await check("--json")
    expect(asJson.code).toBe(2)
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { code: "E_UNTRUSTED_CODE" } })

    const no = openTerminal(["check"], { cwd: folder, env, columns: 200 })
    await no.until(`heapscope.config.ts is code of this project.`)
    await no.until("Run it, now and until it changes? [y/N] ")
    no.type("\n")
    await no.until("heapscope.config.ts was not trusted: nothing was run.")
    expect((await no.ended()).code).toBe(2)

    const yes = openTerminal(["check"], { cwd: folder, env, columns: 200 })
    await yes.until("[y/N] ")
    yes.type("y\n")
    await yes.until("over the 1,000 B of budgets.live (heapscope.config.ts:7)")
    expect((await yes.ended()).code).toBe(1)

    const { code, stdout } = await check("--json")
    expect(code).toBe(1)
    const [failure] = (JSON.parse(stdout) as CheckReport).checks[0]!.failures
    expect(failure!.message).toMatch(
        /over the 1,000 B of budgets\.live \(heapscope\.config\.ts:7\)$/,
    )
    // What is given on the command line goes before it.
    expect((await check("--max-live", "60kB")).code).toBe(0)
})
