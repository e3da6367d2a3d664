import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { transformSync } from "esbuild"
import { onTestFinished } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import type { Program } from "../../host/model/program/program"
import { fromRoot } from "./harness"

/** What accessors for Node and the browser export, as a program has it. */
export type HostCode = Record<string, (...given: unknown[]) => unknown>

/** Compiles a program of its own, with files beside it, for the board. */
export async function buildFiles(files: Readonly<Record<string, string>>): Promise<Program> {
    mkdirSync(fromRoot("node_modules/.cache"), { recursive: true })
    const folder = mkdtempSync(fromRoot("node_modules/.cache/generated-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const all = { "package.json": "{}", "devsconfig.json": "{}", ...files }
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
    return buildProgram(join(folder, "main.ts"), { cwd: folder })
}

/** The same module as Node runs it, and a browser. */
export async function importHostCode(code: string): Promise<HostCode> {
    const { code: script } = transformSync(code, { loader: "ts" })
    return (await import(
        /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(script)}`
    )) as HostCode
}
