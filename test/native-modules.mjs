import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { transform } from "esbuild"

const self = fileURLToPath(import.meta.url)
const root = dirname(dirname(self))
const FOLDERS = ["host", "src"].map(name => join(root, name) + sep)
const OUT = join(root, "node_modules/.cache/native-modules")
const SOURCE = /(?<!\.d)\.tsx?$/
const RELATIVE_IMPORT = /(\bfrom\s*|\bimport\s*\(?\s*)"(\.[^"]*)"/g

/**
 * Our own modules as Node loads them: each is made JavaScript once, before all tests, and every process
 * of theirs reads that. Vitest's own way is to ask its main process for each module in each of two
 * hundred processes, and to call a getter at each use of an import, on which the heap's walk and marking
 * spend half of their time.
 */
export function nativeModules() {
    return {
        name: "native-modules",
        enforce: "pre",
        // Before Vitest loads what it runs before all tests, which imports them.
        async configResolved() {
            await (madeFirst ??= makeAll())
        },
        resolveId(source, importer) {
            if (!source.startsWith(".") || !importer) return undefined
            const file = sourceOf(resolve(dirname(importer), source))
            return file && FOLDERS.some(folder => file.startsWith(folder))
                ? nativeOf(file)
                : undefined
        },
    }
}

let madeFirst

/** Makes them anew before each next run of tests that are watched. */
export function setup(project) {
    project.onTestsRerun(makeAll)
}

async function makeAll() {
    const files = FOLDERS.flatMap(folder =>
        readdirSync(folder, { recursive: true, encoding: "utf8" })
            .filter(name => SOURCE.test(name) && !name.includes("node_modules"))
            .map(name => join(folder, name)),
    )
    await Promise.all(files.map(make))
}

/** Makes one module, if it is not there or older than its source or than this. */
async function make(file) {
    const made = nativeOf(file)
    if (existsSync(made) && isNewer(made, file) && isNewer(made, self)) return
    const { code } = await transform(readFileSync(file, "utf8"), {
        ...{ loader: file.endsWith("x") ? "tsx" : "ts", format: "esm", target: "node20" },
        ...{ jsx: "automatic", jsxImportSource: "preact" },
        ...{ sourcefile: file, sourcemap: "inline", sourcesContent: false },
    })
    mkdirSync(dirname(made), { recursive: true })
    writeFileSync(made, withNativeImports(code, file))
}

function isNewer(file, than) {
    return statSync(file).mtimeMs > statSync(than).mtimeMs
}

/** Node wants the whole name of each file. */
function withNativeImports(code, file) {
    const from = dirname(nativeOf(file))
    return code.replace(RELATIVE_IMPORT, (whole, before, name) => {
        const imported = sourceOf(resolve(dirname(file), name))
        if (!imported) return whole
        const path = relative(from, nativeOf(imported)).replaceAll("\\", "/")
        return `${before}"${path.startsWith(".") ? path : `./${path}`}"`
    })
}

function sourceOf(path) {
    return [".ts", ".tsx", "/index.ts"].map(end => path + end).find(file => existsSync(file))
}

function nativeOf(file) {
    return join(OUT, relative(root, file)).replace(SOURCE, ".mjs")
}
