/** What the files of the site hold that are data; all are in one folder. */
export const SITE_FILES = {
    vm: "vm.wasm",
    compiler: "compiler.js",
    jacdac: "jacdac.js",
    mqtt: "mqtt.js",
    /** What the first program needs: `FilesOfSite`. */
    first: "first.json",
    /** All else that the package has of programs: `FilesOfSite`. */
    rest: "rest.json",
    catalogue: "catalogue.json",
    /** All that is known of boards, for a real one: `OfferedBoard[]`. */
    boards: "boards.json",
    /** Keeps the site: see `share/offline-worker.ts`. */
    offline: "offline.js",
    licenses: "licenses.md",
} as const

/** The scripts of the site's workers. */
type WorkerScript = `${"board" | "help" | "simulation"}-worker.js`

/** Where a file of the site is: beside the page, and beside its scripts. */
export function siteAddress(name: string): string {
    return new URL(name, location.href).href
}

/** @throws Error when the site cannot be reached, or has no such file */
export async function fetchOfSite(name: string): Promise<Response> {
    const response = await fetch(siteAddress(name))
    if (response.ok) return response
    throw new Error(`${name} cannot be fetched: the site answers ${response.status}`)
}

/** The official VM. @throws Error when the site cannot be reached */
export async function fetchVm(): Promise<WebAssembly.Module> {
    const response = await fetchOfSite(SITE_FILES.vm)
    // A static host may serve it as any type, which `compileStreaming` refuses.
    return WebAssembly.compile(await response.arrayBuffer())
}

export function startSiteWorker(script: WorkerScript): Worker {
    return new Worker(siteAddress(script), { type: "module" })
}

/** Files of the package, by absolute path in the tab, and programs that are built already. */
export interface FilesOfSite {
    files: Record<string, string>
    /** Entries of the cache, by name. */
    builds: Record<string, string>
}
