import { rmSync } from "node:fs"
import { expect, onTestFinished, test } from "vitest"
import { BACKGROUND_VARIABLE } from "../../../../../host/compiler/node/server/background-compiler"
import { makeSnapshotLater } from "../../../../../host/compiler/node/snapshot/snapshot-maker"
import { makeFolder } from "../build-project"
import { atWork } from "./made-snapshot"

// That one is made, and what is left then, those tests show that need one: `compiler-process.test.ts`.
test.each<[string, NodeJS.ProcessEnv]>([
    ["in CI", { CI: "true" }],
    ["in tests", { VITEST: "true" }],
    ["where nothing may be in the background", { [BACKGROUND_VARIABLE]: "0" }],
    ["where nobody has said that anything may", { [BACKGROUND_VARIABLE]: undefined }],
])("%s none is made", (_, env) => {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    atWork(folder, plain => expect(makeSnapshotLater({ ...plain, ...env })).toBeUndefined())
})
