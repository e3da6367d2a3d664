import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { packageRoot } from "../../base/node/package-root"
import { readPrepared } from "../../sinks/web/served-files"
import { PACKAGE_ROOT } from "../project"
import { SITE_FILES, type FilesOfSite } from "../site-files"
import { withoutNames } from "./without-names"

/** Of the installed package, what the site has under another name: it is there once. */
const VM = "devicescript-vm.wasm"
const COMPILER = "devicescript-compiler.js"
/** Its paths are in `dist/site/`; the texts are the package's own. */
const REST_NAMES = "rest-names.json"

/** A file of the site. */
export interface SitePart {
    /** In the site's folder. */
    name: string
    bytes: Uint8Array
}

/**
 * All files of the playground's site, put together of what the package has.
 * @param root the package's folder
 * @throws UserError when the package was not prepared
 */
export function siteParts(root = packageRoot()): SitePart[] {
    const dist = join(root, "dist")
    const readPart = (path: string): Uint8Array =>
        readPrepared(path, path => readFileSync(path), root)
    const read = (...path: string[]) => readPart(join(dist, ...path))
    const text = (...path: string[]) => new TextDecoder().decode(read(...path))
    const names = readPrepared(join(dist, "site"), folder => readdirSync(folder), root)
    const own = names.filter(name => name !== REST_NAMES)
    const rest: FilesOfSite = { files: {}, builds: {} }
    for (const name of JSON.parse(text("site", REST_NAMES)) as string[])
        rest.files[`${PACKAGE_ROOT}/${name}`] = new TextDecoder().decode(readPart(join(root, name)))
    const asModule = (library: string) =>
        text("world", `${library}.cjs`).replace("module.exports = ", "export default ")
    const made: Record<string, string> = {
        [SITE_FILES.compiler]: `export default ${text(COMPILER)}`,
        [SITE_FILES.jacdac]: asModule("jacdac"),
        [SITE_FILES.mqtt]: asModule("mqtt"),
        [SITE_FILES.rest]: JSON.stringify(rest),
    }
    return [
        ...own.map(name => ({ name, bytes: read("site", name) })),
        { name: SITE_FILES.vm, bytes: withoutNames(read(VM)) },
        // Whoever passes the site on passes on the code of others.
        { name: SITE_FILES.licenses, bytes: read("THIRD-PARTY-LICENSES.md") },
        ...Object.entries(made).map(([name, content]) => ({
            name,
            bytes: new TextEncoder().encode(content),
        })),
    ]
}
