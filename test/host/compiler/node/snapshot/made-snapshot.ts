import { rmSync } from "node:fs"
import { vi } from "vitest"
import { BACKGROUND_VARIABLE } from "../../../../../host/compiler/node/server/background-compiler"
import { KeptSnapshot } from "../../../../../host/compiler/node/snapshot/kept-snapshot"
import { makeSnapshot } from "../../../../../host/compiler/node/snapshot/make-snapshot"
import { UserCache } from "../../../../../host/compiler/node/user-cache"
import { makeFolder } from "../build-project"

/** For a hook or a test that makes a snapshot: it takes as long as some compiles from cold. */
export const SNAPSHOT_TIMEOUT_MS = 240_000

/** A snapshot in a cache of its own, and what removes that. */
export async function makeOwnSnapshot(): Promise<{ snapshot: KeptSnapshot; remove: () => void }> {
    const folder = makeFolder()
    const cache = UserCache.open(folder)
    const snapshot = cache && KeptSnapshot.open(cache)
    if (!snapshot || !(await makeSnapshot(snapshot)))
        throw new Error(`no snapshot can be made: run "npm run prepare" first`)
    return { snapshot, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/**
 * Does something with the cache of a user at work, where no test runs.
 * @param folder of all caches
 */
export function atWork<T>(folder: string, act: (env: NodeJS.ProcessEnv) => T): T {
    vi.stubEnv("XDG_CACHE_HOME", folder)
    vi.stubEnv("LOCALAPPDATA", folder)
    const { CI: _, VITEST: __, NODE_TEST_CONTEXT: ___, JEST_WORKER_ID: ____, ...env } = process.env
    try {
        return act({ ...env, [BACKGROUND_VARIABLE]: "1" })
    } finally {
        vi.unstubAllEnvs()
    }
}
