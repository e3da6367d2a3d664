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

/** Files of the package, by absolute path in the tab, and programs that are built already. */
export interface FilesOfSite {
    files: Record<string, string>
    /** Entries of the cache, by name. */
    builds: Record<string, string>
}
