// Runs at `npm ci` and before packing: bundles the command line into dist/ and puts the instrumented VM
// and the official compiler beside it, so that neither the 28 MB CLI bundle nor binaryen is needed to
// build and run a program. With `--code` only the bundles of our own code are made, into the dist/ that
// is there: for the next try after a change to host/, in a tenth of the time; and the VM, if what makes it
// has changed since. A dist/ that is up to date is left as it is.
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { isMade, noteMade } from "./made-of.mjs"
import { NODE_TWINS } from "./node-twins.mjs"
import { bundleSiteCode, makeSiteData } from "./playground/bundle-site.mjs"

const root = fileURLToPath(new URL("../", import.meta.url))
const host = `${root}host/`
const dist = `${root}dist`
if (isMade(root, dist)) {
    for (const name of ["cli.cjs", "cli.js"]) chmodSync(`${dist}/${name}`, 0o755)
    process.exit(0)
}
// They take a second to load.
const { build } = await import("esbuild")
const { default: ts } = await import("typescript")
// Everything is made in a folder of its own, so that a failure leaves the last dist/ as it was.
const made = mkdtempSync(`${root}.dist-`)

chmodSync(made, 0o755)

const options = {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
}

/** Folders of packages whose code is in dist/. */
const packages = new Set()

/** Bundles, and notes whose code it took. */
async function bundle(how) {
    const { metafile } = await build({ ...how, metafile: true })
    for (const input of Object.keys(metafile.inputs)) {
        const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []
        if (folder) packages.add(folder)
    }
}

/** Bundled CommonJS packages still call require for Node's own modules. */
const REQUIRE =
    'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'

/** Runs a step that is written in TypeScript, as the host is. */
async function runStep(source, name) {
    const step = `${made}/step.mjs`
    await build({
        ...options,
        entryPoints: [`${host}${source}`],
        outfile: step,
        packages: "external",
    })
    const { [name]: run } = await import(`${pathToFileURL(step).href}?${name}`)
    await run(made)
    rmSync(step)
}

/** What of ours the instrumented VM is made of: our code counts on just that VM. */
const VM_SOURCES = ["instrument", "work-cells.ts", "hook-module.ts", "firmware/functions.ts"]

const VM_FILE = "devicescript-vm.wasm"

const makeVm = () => runStep("simulator/instrument/prepare-vm.ts", "prepareVm")

/** Whether a file is older than a source below `simulator`, or not there. */
function isOlder(file, sources) {
    const timeOf = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
    const files = sources.flatMap(name => {
        const path = `${host}simulator/${name}`
        const isFolder = statSync(path).isDirectory()
        return isFolder ? readdirSync(path).map(inside => `${path}/${inside}`) : [path]
    })
    return files.some(source => timeOf(source) > timeOf(file))
}

/** Packages that make tables when they are loaded, with what we use of each. */
const SELDOM = {
    "fast-png": ["decode", "encode"],
    "fastest-levenshtein": ["closest", "distance"],
    "log-update": ["createLogUpdate"],
}

/** Those packages, loaded when they are first used: few commands draw a picture or meet a wrong word. */
const SELDOM_LOADED = {
    name: "seldom loaded",
    setup({ onLoad, onResolve }) {
        const namespace = "seldom"
        const filter = new RegExp(`^(${Object.keys(SELDOM).join("|")})$`)
        onResolve({ filter }, ({ path, namespace: from }) =>
            from === namespace ? undefined : { path, namespace },
        )
        onLoad({ filter, namespace }, ({ path }) => ({
            contents: SELDOM[path]
                .map(
                    name => `export const ${name} = (...all) => require("${path}").${name}(...all)`,
                )
                .join("\n"),
            resolveDir: root,
        }))
    },
}

/**
 * What packages for the terminal make when they are loaded, made when it is first used: that alone took
 * as long as all else that a command loads, and few commands draw.
 */
const LAZY = {
    name: "lazy",
    setup({ onLoad }) {
        const slow = /^const (\w+) = (new Intl\.Segmenter\(.*\)|\/.*\/v);$/gm
        const files =
            /node_modules.(string-width.index|wrap-ansi.index|slice-ansi.tokenize-ansi)\.js$/
        onLoad({ filter: files }, ({ path }) => {
            const text = readFileSync(path, "utf8")
            const names = [...text.matchAll(slow)].map(([, name]) => name)
            if (names.length === 0) return undefined
            const used = new RegExp(`\\b(${names.join("|")})\\b(?! =)`, "g")
            const contents = text
                .replace(used, "$1()")
                .replace(slow, "let $1__; const $1 = () => ($1__ ??= $2);")
            return { contents, loader: "js" }
        })
    },
}

/** The official client, which installs 55 MB: what runs of it is one file of dist/. */
const CLIENT_FILE = "jacdac-ts.cjs"
/** It is as large as all the rest, and few commands need it: a file of its own, loaded then. */
const CLIENT = {
    name: "client",
    setup({ onResolve }) {
        onResolve({ filter: /^jacdac-ts$/ }, () => ({ path: `./${CLIENT_FILE}`, external: true }))
    },
}

/** Espressif's client of its chips' boot ROMs: modules alone, which not every Node loads from CommonJS. */
const ESPTOOL_FILE = "esptool.cjs"
const ESPTOOL = {
    name: "esptool",
    setup({ onResolve }) {
        onResolve({ filter: /^esptool-js$/ }, () => ({ path: `./${ESPTOOL_FILE}`, external: true }))
    },
}

function bundleEsptool() {
    return bundle({
        ...options,
        stdin: { contents: 'export * from "esptool-js"', resolveDir: root },
        format: "cjs",
        outfile: `${made}/${ESPTOOL_FILE}`,
        minifySyntax: true,
        minifyWhitespace: true,
    })
}

async function bundleClient() {
    const contents = 'export * from "jacdac-ts"'
    await bundle({
        ...options,
        stdin: { contents, resolveDir: root },
        format: "cjs",
        outfile: `${made}/${CLIENT_FILE}`,
        minifySyntax: true,
        minifyWhitespace: true,
    })
}

/** Bundles a program of ours, with the packages it needs, into one file. */
function bundleProgram(source, file, more) {
    return bundle({
        ...options,
        entryPoints: [`${host}${source}`],
        outfile: `${made}/${file}`,
        minifySyntax: true,
        // One has a native part, the others are for few commands: loaded when they are needed.
        external: ["serialport", "jiti", "ws"],
        banner: { js: `#!/usr/bin/env node\n${REQUIRE}` },
        plugins: [LAZY, SELDOM_LOADED, CLIENT, ESPTOOL],
        ...more,
    })
}

/** Of what is bundled as CommonJS. */
const AS_COMMONJS = { format: "cjs", define: { "import.meta.url": "__url" } }
const URL_OF_FILE = 'const __url = require("node:url").pathToFileURL(__filename).href;'

/** A program as CommonJS: only of that can the code that V8 makes be kept, and Node starts it sooner. */
async function bundleCommonJs(source, file, more) {
    await bundleProgram(source, file, {
        ...AS_COMMONJS,
        // What is kept as code has no loader of modules.
        supported: { "dynamic-import": false },
        minifyWhitespace: true,
        banner: { js: `${URL_OF_FILE}${LATE}` },
        ...more,
    })
    const path = `${made}/${file}`
    writeFileSync(path, readFileSync(path, "utf8").replace(LATE_REQUIRED, "=__late($1)"))
}

/** Parts of Node that few commands use, or late: else each start loads them all. */
const LATE_REQUIRED =
    /= ?require\(("node:(?:child_process|crypto|fs\/promises|http|module|net|os|readline\/promises|v8|vm|worker_threads)")\)/g
/** Stands for such a part, which is loaded when something of it is first used. */
const LATE = "const __late=name=>new Proxy({},{get:(_,key)=>require(name)[key]});"

/** Stands for `performance`, with which Node loads eight parts of its own for the one that tells the time. */
const CLOCK = "const __clock={now:()=>{const [s,ns]=process.hrtime();return s*1e3+ns/1e6}};"

/** What tells the list of commands declares none of them. */
const NO_COMMANDS = {
    name: "no commands",
    setup({ onResolve }) {
        onResolve({ filter: /^\.\.\/commands\// }, ({ path, kind }) =>
            kind === "dynamic-import" ? { path, external: true } : undefined,
        )
    },
}

/** What only a run needs, and what draws for people: of no use to a report that is kept. */
const OF_A_RUN =
    /\/host\/(simulator\/(?!instrument\/vm-file)|sinks\/files\/(chrome-heap-snapshot|pprof|trace-events)|tasks\/|link\/|recording\/node\/|sinks\/(terminal\/(?!text\/)|svg\/|web\/(?!page-sink))|cli\/board\/|api\/load-scenario|compiler\/(official-compiler|node\/(compile\.|server\/)))/
const NO_RUN = {
    name: "no run",
    setup({ onResolve, onLoad, resolve }) {
        onResolve({ filter: /^(fast-png|fastest-levenshtein|log-update)$/ }, ({ path }) => ({
            ...{ path, namespace: "absent" },
        }))
        onResolve({ filter: /^\.\.?\// }, async ({ path, pluginData, ...from }) => {
            if (pluginData === NO_RUN) return undefined
            const found = await resolve(path, { ...from, pluginData: NO_RUN })
            return OF_A_RUN.test(found.path) ? { path: found.path, namespace: "absent" } : found
        })
        onLoad({ filter: /./, namespace: "absent" }, () => ({ contents: "module.exports = {}" }))
    },
}

/**
 * Starts the command line: `list.cjs` holds what tells the list of commands, for which the rest, in
 * `command.cjs`, would take longer to read than to run.
 */
async function bundleCommand() {
    await bundleCommonJs("cli/start/start.ts", "cli.cjs", {
        banner: { js: `#!/usr/bin/env node\n${LATE}` },
        minifyIdentifiers: true,
    })
    await bundleCommonJs("cli/cli.ts", "list.cjs", {
        plugins: [NO_COMMANDS, LAZY, SELDOM_LOADED],
        minifyIdentifiers: true,
    })
    await bundleCommonJs("cli/start/kept.ts", "kept.cjs", {
        define: { ...AS_COMMONJS.define, performance: "__clock" },
        banner: { js: `${URL_OF_FILE}${LATE}${CLOCK}` },
        plugins: [NO_RUN, LAZY],
        minifyIdentifiers: true,
    })
    // It is read whole at each start: with short names it is a third shorter.
    await bundleCommonJs("cli/cli.ts", "command.cjs", {
        define: { ...AS_COMMONJS.define, performance: "__clock" },
        banner: { js: `${URL_OF_FILE}${LATE}${CLOCK}` },
        minifyIdentifiers: true,
    })
    // By its older name, as scripts have it.
    writeFileSync(`${made}/cli.js`, '#!/usr/bin/env node\nimport "./cli.cjs"\n')
}

/** The list of commands as `--help` prints it, for `made-help.ts`: 80 columns wide, and with no line broken. */
function makeHelp() {
    const schemas = join(root, "host", "documents", "schemas")
    const main = `process.argv = [process.execPath, "heapscope", "--help"]; require(${JSON.stringify(`${made}/list.cjs`)}).main()`
    const unbroken = "Object.assign(process.stdout, { isTTY: true, columns: 10_000 });"
    const show = before => {
        const env = { ...process.env, LC_ALL: "C.UTF-8", FORCE_COLOR: undefined }
        const text = execFileSync(process.execPath, ["-e", before + main], {
            encoding: "utf8",
            env,
        })
        return text.replace(schemas, "{schemas}")
    }
    const help = { narrow: show(""), wide: show(unbroken) }
    writeFileSync(`${made}/help.json`, JSON.stringify(help))
}

/** Puts its SHA-256 before a file whose code V8 keeps for the next process: see `kept-code.ts`. */
function identify(file) {
    const text = readFileSync(`${made}/${file}`, "utf8")
    const id = createHash("sha256").update(text).digest("hex").slice(0, 16)
    writeFileSync(`${made}/${file}`, `/*${id}*/${text}`)
}

/** The chart asks the browser for a language as soon as it is loaded, and fails where that is none. */
const ENGLISH = {
    name: "english",
    setup({ onLoad }) {
        onLoad({ filter: /uPlot\.esm\.js$/ }, ({ path }) => {
            const text = readFileSync(path, "utf8")
            const contents = text.replaceAll("nav.language", '"en-US"')
            if (contents === text) throw new Error("uPlot asks for no language any more")
            return { contents, loader: "js" }
        })
    },
}

/** For programs of a browser. */
const PAGE = {
    ...options,
    platform: "browser",
    target: "es2022",
    minify: true,
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [ENGLISH],
}
/** What all pages look like. */
const STYLES = [
    `${root}node_modules/uplot/dist/uPlot.min.css`,
    `${host}page/page.css`,
    `${host}page/travel/travel.css`,
]

/** The page that `--web` serves: one script and one style sheet, with nothing from the network. */
async function bundlePage() {
    const page = { ...PAGE, outdir: `${made}/page` }
    await bundle({ ...page, entryPoints: { page: `${host}page/main.tsx` } })
    // Of the one that flashes, what is there at first is little: the rest comes when it is needed.
    await bundle({
        ...page,
        entryPoints: { flash: `${host}page/flash/main.tsx` },
        splitting: true,
        chunkNames: "flash-[hash]",
    })
    await bundle({
        ...page,
        entryPoints: { fleet: `${host}page/fleet/main.tsx` },
        splitting: true,
        chunkNames: "fleet-[hash]",
    })
    const styles = [...STYLES, `${host}page/flash/flash.css`, `${host}page/fleet/fleet.css`]
    const css = styles.map(file => readFileSync(file, "utf8")).join("\n")
    writeFileSync(`${made}/page/page.css`, css)
    copyFileSync(`${host}page/index.html`, `${made}/page/index.html`)
    copyFileSync(`${host}page/flash/flash.html`, `${made}/page/flash.html`)
    copyFileSync(`${host}page/fleet/fleet.html`, `${made}/page/fleet.html`)
}

/**
 * The libraries that the simulated board's world is made with, each a function that evaluates it: worlds
 * share what was evaluated. jacdac-ts sees the names in `globals` as that world has them, and no other clock, chance or event
 * loop: `await` is written out as promises so that those are the world's, too.
 */
async function bundleWorld() {
    const globals = `{ ${["setTimeout", "setInterval", "clearTimeout", "clearInterval", "Date", "Math", "Promise", "crypto", "console"].join(", ")} }`
    const absent = ["window", "self", "navigator", "document", "localStorage", "performance"]
    const library = (name, folder, more) =>
        bundle({
            ...options,
            platform: "browser",
            format: "cjs",
            entryPoints: [`${host}simulator/world/libraries/${folder}${name}.ts`],
            outfile: `${made}/world/${name}.cjs`,
            minifySyntax: true,
            minifyWhitespace: true,
            footer: { js: "return module.exports\n}" },
            ...more,
        })
    // The screen server draws into the browser's picture.
    const picture =
        "ImageData = class { constructor(width, height) { Object.assign(this, { width, height, data: new Uint8ClampedArray(width * height * 4) }) } }"
    await library("jacdac", "", {
        supported: { "async-await": false, "for-await": false, "async-generator": false },
        banner: {
            js: `module.exports = (${globals}) => { const module = { exports: {} }, globalThis = { crypto }, ${picture}, ${absent.map(name => `${name} = undefined`).join(", ")};`,
        },
    })
    const shims = `${made}/node-shims.mjs`
    writeFileSync(
        shims,
        `export { Buffer } from ${JSON.stringify(`${root}node_modules/buffer/index.js`)}\nexport * as process from ${JSON.stringify(`${root}node_modules/process/browser.js`)}\n`,
    )
    await library("mqtt", "node/", {
        inject: [shims],
        banner: { js: "module.exports = () => { const module = { exports: {} };" },
    })
    rmSync(shims)
}

/** What editors start: apart from the command, which loads it for that alone; and the extension for one family of them. */
async function bundleEditor() {
    await bundleProgram("lsp/main.ts", "language-server.cjs", {
        ...AS_COMMONJS,
        banner: { js: URL_OF_FILE },
    })
    await bundle({
        ...options,
        format: "cjs",
        entryPoints: [`${host}editor/vscode/extension.ts`],
        outfile: `${made}/vscode/extension.cjs`,
        external: ["vscode"],
        minify: true,
    })
    for (const file of ["package.json", "README.md"])
        copyFileSync(`${host}editor/vscode/${file}`, `${made}/vscode/${file}`)
}

/** For programs in Node, and for their tests: both in one, so that they share what they have. */
function bundleApi() {
    return bundle({
        ...options,
        entryPoints: {
            host: `${host}api/index.ts`,
            vitest: `${host}api/vitest.ts`,
            config: `${host}api/define-config.ts`,
            esbuild: `${host}api/esbuild.ts`,
        },
        outdir: made,
        splitting: true,
        chunkNames: "host-[hash]",
        external: ["serialport", "jiti", "vitest"],
        banner: { js: REQUIRE },
        plugins: [CLIENT],
    })
}

/** What programs import of the structures. */
const STRUCTURES = [`${root}src/index.ts`, `${root}src/compact-order-flags.ts`]

/** The structures for Node: the board's compiler reads their TypeScript source instead. */
function bundleStructures() {
    return build({ ...options, entryPoints: STRUCTURES, outdir: made, plugins: [NODE_TWINS] })
}

/**
 * Types for Node. The source would not do: it imports files without their extension, as the board's
 * compiler wants it and Node's module resolution does not.
 * @param entries of the program; what they reach is declared, too
 * @param rootDir what their places in `outDir` are counted from
 * @param edit makes the text of a file what it is to be
 */
function declare(entries, rootDir, outDir, edit = text => text) {
    const program = ts.createProgram(entries, {
        ...{ declaration: true, emitDeclarationOnly: true, rootDir, outDir },
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2024.d.ts"],
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        strict: true,
        skipLibCheck: true,
        exactOptionalPropertyTypes: true,
        types: ["node"],
        typeRoots: [`${root}node_modules/@types`],
    })
    program.emit(undefined, (file, text, ...rest) =>
        ts.sys.writeFile(file, edit(withExtensions(text)), ...rest),
    )
}

function withExtensions(text) {
    return text.replace(/((?:from|import\() ?"\.{1,2}\/[^"]+?)(?:\.js)?"/g, '$1.js"')
}

/** Node's Buffer where its types are installed, else what a Buffer is besides. */
const BUFFER_TYPES = `export type Buffer = typeof globalThis extends {
    Buffer: { isBuffer(value: unknown): value is infer NodeBuffer }
}
    ? NodeBuffer
    : Uint8Array
`

function declareStructures() {
    const types = `${made}/types`
    declare(STRUCTURES, `${root}src`, types, text =>
        /\bBuffer\b/.test(text) ? `import type { Buffer } from "./node-buffer.js"\n${text}` : text,
    )
    writeFileSync(`${types}/node-buffer.d.ts`, BUFFER_TYPES)
}

function declareApi() {
    const entries = [
        `${host}api/index.ts`,
        `${host}api/vitest.ts`,
        `${host}api/define-config.ts`,
        `${host}api/esbuild.ts`,
    ]
    declare(entries, root, `${made}/types`)
}

/** Everything that is bundled from our own code alone, into `made`. */
async function bundleCode() {
    await bundleStructures()
    await bundleCommand()
    makeHelp()
    await bundleEsptool()
    await bundleProgram("compiler/node/thread-main.ts", "compiler-thread.js")
    await bundleProgram("compiler/node/server/server-main.ts", "compile-server.js")
    // Whatever is loaded then is in the snapshot.
    await bundleCommonJs("compiler/node/snapshot/snapshot-main.ts", "compiler-snapshot.cjs")
    await bundleProgram("compiler/node/snapshot/maker-main.ts", "snapshot-maker.js")
    await bundleProgram("api/threads/run-thread.ts", "run-thread.js")
    await bundleClient()
    await bundleApi()
    await bundleEditor()
    await bundlePage()
    await bundleSiteCode(bundle, made, PAGE, STYLES)
    // npm gives it its run bit when it links the command, which is before this and not every time.
    for (const name of ["cli.cjs", "cli.js"]) chmodSync(`${made}/${name}`, 0o755)
    for (const file of ["command.cjs", "kept.cjs", "compiler-snapshot.cjs"]) identify(file)
}

/** What changes with a package or with a declared type. */
async function prepareTheRest() {
    await makeVm()
    await runStep("compiler/node/prepare-compiler.ts", "prepareCompiler")
    await bundleWorld()
    for (const file of ["devicescript-compiler.js", "world/jacdac.cjs", "world/mqtt.cjs"])
        identify(file)
    writeLicenses()
    declareStructures()
    declareApi()
}

/** What those ask whose code is in dist/: that their notice goes with it. */
function writeLicenses() {
    packages.add("node_modules/@devicescript/cli")
    const parts = [...packages].sort().map(folder => {
        const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`))
        const file = readdirSync(`${root}${folder}`).find(file => /^licen[cs]e/i.test(file))
        const text = file ? readFileSync(`${root}${folder}/${file}`, "utf8").trim() : license
        return `## ${name} ${version} (${license})\n\n${text}\n`
    })
    const title = "# Licenses of the packages whose code is in this folder\n"
    writeFileSync(`${made}/THIRD-PARTY-LICENSES.md`, [title, ...parts].join("\n"))
}

try {
    await bundleCode()
    if (process.argv.includes("--code") && existsSync(dist)) {
        if (isOlder(`${dist}/${VM_FILE}`, VM_SOURCES)) {
            await makeVm()
            // The site's data are made of what is in dist/.
            renameSync(`${made}/${VM_FILE}`, `${dist}/${VM_FILE}`)
        }
        await makeSiteData(build, dist, made)
        for (const name of readdirSync(made)) {
            // No folder takes another's name that is not empty.
            rmSync(`${dist}/${name}`, { recursive: true, force: true })
            renameSync(`${made}/${name}`, `${dist}/${name}`)
        }
        rmSync(made, { recursive: true })
    } else {
        await prepareTheRest()
        await makeSiteData(build, made, made)
        noteMade(root, made)
        rmSync(dist, { recursive: true, force: true })
        renameSync(made, dist)
    }
} catch (error) {
    rmSync(made, { recursive: true, force: true })
    console.error(`heapscope: dist/ could not be made: ${error.message}`)
    process.exit(1)
}
