import { once } from "node:events"
import { readdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test, vi } from "vitest"
import { BACKGROUND_VARIABLE } from "../../../../../host/compiler/node/server/background-compiler"
import { KeptSnapshot } from "../../../../../host/compiler/node/snapshot/kept-snapshot"
import { makeSnapshotLater } from "../../../../../host/compiler/node/snapshot/snapshot-maker"
import { makeFolder } from "../build-project"
import { SNAPSHOT_TIMEOUT_MS } from "./made-snapshot"

function ownCache(): string {
    const folder = makeFolder()
    vi.stubEnv("XDG_CACHE_HOME", folder)
    vi.stubEnv("LOCALAPPDATA", folder)
    onTestFinished(() => {
        vi.unstubAllEnvs()
        rmSync(folder, { recursive: true, force: true })
    })
    return folder
}

/** As of a user at work, where no test runs. */
function plainEnv(folder: string): NodeJS.ProcessEnv {
    const { CI: _, VITEST: __, NODE_TEST_CONTEXT: ___, JEST_WORKER_ID: ____, ...env } = process.env
    return { ...env, XDG_CACHE_HOME: folder, [BACKGROUND_VARIABLE]: "1" }
}

test.each<[string, NodeJS.ProcessEnv]>([
    ["in CI", { CI: "true" }],
    ["in tests", { VITEST: "true" }],
    ["where nothing may be in the background", { [BACKGROUND_VARIABLE]: "0" }],
    ["where nobody has said that anything may", { [BACKGROUND_VARIABLE]: undefined }],
])("%s none is made", (_, env) => {
    const folder = ownCache()
    expect(makeSnapshotLater({ ...plainEnv(folder), ...env })).toBeUndefined()
})

test(
    "one is made in the background, once, and nothing else is left",
    { timeout: SNAPSHOT_TIMEOUT_MS },
    async () => {
        const folder = ownCache()
        const env = plainEnv(folder)
        const maker = makeSnapshotLater(env)!
        const [code] = await once(maker, "exit")
        expect(code).toBe(0)
        expect(KeptSnapshot.open()!.isThere).toBe(true)
        expect(makeSnapshotLater(env)).toBeUndefined()
        const left = readdirSync(join(folder, "heapscope")).map(name => name.replace(/.*\./, ""))
        expect(left.sort()).toEqual(["blob", "key", "note"])
    },
)
