import { UserCache } from "../../compiler/node/user-cache"
import type { CompilerFactory } from "../../compiler/official-compiler"
import { startCompiler } from "../../compiler/official-compiler"
import type { WorldLibraries } from "../../simulator/world/libraries/library"
import { SharedJacdacs, type EvaluateJacdac } from "../../simulator/world/libraries/shared-jacdac"
import { loaded } from "../platform/loaded"
import { files } from "../platform/memory-files"
import * as path from "../platform/node/path"
import { fetchOfSite, fetchVm, SITE_FILES, siteAddress, type FilesOfSite } from "../site-files"

/** What it takes to run the first program. @throws Error when the site cannot be reached */
export async function fetchFirst(): Promise<void> {
    const [vm] = await Promise.all([fetchVm(), fetchFiles(SITE_FILES.first)])
    loaded.vm = vm
}

/** The package's own programs and libraries. @throws Error when the site cannot be reached */
export async function fetchSources(): Promise<void> {
    await Promise.all([fetchFiles(SITE_FILES.first), fetchFiles(SITE_FILES.rest)])
}

/** What all others need besides. @throws Error when the site cannot be reached */
export async function fetchRest(): Promise<void> {
    const sources = fetchFiles(SITE_FILES.rest)
    loaded.sources = sources.catch(() => undefined)
    const [{ makeWorld }, jacdac, mqtt] = await Promise.all([
        import("../../simulator/world/world"),
        importDefault<EvaluateJacdac>(SITE_FILES.jacdac),
        importDefault<WorldLibraries["mqtt"]>(SITE_FILES.mqtt),
        sources,
    ])
    const jacdacs = new SharedJacdacs(jacdac)
    loaded.makeWorld = makeWorld
    loaded.libraries = { jacdac: services => jacdacs.for(services), mqtt }
}

/** The official compiler. @throws Error when the site cannot be reached */
export async function fetchCompiler(): Promise<void> {
    loaded.compiler = startCompiler(await importDefault<CompilerFactory>(SITE_FILES.compiler), path)
}

async function fetchFiles(name: string): Promise<void> {
    const site = (await (await fetchOfSite(name)).json()) as FilesOfSite
    for (const [path, text] of Object.entries(site.files)) files.write(path, text)
    const cache = UserCache.open()
    for (const [entry, text] of Object.entries(site.builds))
        cache?.write(entry, new TextEncoder().encode(text))
}

async function importDefault<T>(name: string): Promise<T> {
    return ((await import(siteAddress(name))) as { default: T }).default
}
