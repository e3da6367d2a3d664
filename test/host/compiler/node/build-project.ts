import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { onTestFinished } from "vitest"

const FIXTURE = fileURLToPath(new URL("../../../fixtures/thermostat", import.meta.url))

/** For a hook or a test that compiles: seconds become tens of them on a machine busy with others. */
export const COMPILE_TIMEOUT_MS = 60_000

/** A new empty folder. Remove it, or let `copyProject` do so. */
export function makeFolder(): string {
    return realpathSync(mkdtempSync(join(tmpdir(), "heapscope-test-")))
}

/** A fresh copy of the thermostat project, removed with the test that asked for it. */
export function copyProject(): string {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    fillProject(folder)
    return folder
}

/** Copies the thermostat project into a folder. */
export function fillProject(folder: string): void {
    cpSync(FIXTURE, folder, { recursive: true })
}
