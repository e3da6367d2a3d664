// Runs at `npm ci` and before packing: bundles the command line into dist/ and puts the instrumented VM
// and the official compiler beside it, so that neither the 28 MB CLI bundle nor binaryen is needed to
// build and run a program.
import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"
import ts from "typescript"

const root = fileURLToPath(new URL("../", import.meta.url))
const host = `${root}host/`
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

/** Bundles a program of ours, with the packages it needs, into one file. */
function bundleProgram(source, file) {
    return build({
        ...options,
        entryPoints: [`${host}${source}`],
        outfile: `${made}/${file}`,
        minifySyntax: true,
        // One has a native part, the other is as large as all the rest: loaded when they are needed.
        external: ["serialport", "jacdac-ts"],
        // Bundled CommonJS packages still call require for Node's own modules.
        banner: {
            js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
        },
    })
}

/**
 * The libraries that the simulated board's world is made with, each a function that evaluates it anew.
 * jacdac-ts sees the names in `globals` as that world has them, and no other clock, chance or event
 * loop: `await` is written out as promises so that those are the world's, too.
 */
async function bundleWorld() {
    const globals = `{ ${["setTimeout", "setInterval", "clearTimeout", "clearInterval", "Date", "Math", "Promise", "crypto", "console"].join(", ")} }`
    const absent = ["window", "self", "navigator", "document", "localStorage", "performance"]
    const library = (name, folder, more) =>
        build({
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
        `export { Buffer } from "${root}node_modules/buffer/index.js"\nexport * as process from "${root}node_modules/process/browser.js"\n`,
    )
    await library("mqtt", "node/", {
        inject: [shims],
        banner: { js: "module.exports = () => { const module = { exports: {} };" },
    })
    rmSync(shims)
}

/** The structures for Node: the board's compiler reads their TypeScript source instead. */
function bundleStructures() {
    return build({ ...options, entryPoints: [`${root}src/index.ts`], outfile: `${made}/index.js` })
}

/**
 * Their types for Node. The source would not do: it imports files without their extension, as the
 * board's compiler wants it and Node's module resolution does not.
 */
function declareStructures() {
    const program = ts.createProgram([`${root}src/index.ts`], {
        declaration: true,
        emitDeclarationOnly: true,
        outDir: `${made}/types`,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        strict: true,
        skipLibCheck: true,
        types: ["node"],
    })
    program.emit(undefined, (file, text, ...rest) =>
        ts.sys.writeFile(file, text.replace(/(?<=from "\.\/[\w-]+)"/g, '.js"'), ...rest),
    )
}

try {
    await runStep("simulator/instrument/prepare-vm.ts", "prepareVm")
    await runStep("compiler/node/prepare-compiler.ts", "prepareCompiler")
    await bundleWorld()
    await bundleStructures()
    declareStructures()
    await bundleProgram("cli/cli.ts", "cli.js")
    await bundleProgram("compiler/node/thread-main.ts", "compiler-thread.js")
    await bundleProgram("compiler/node/server-main.ts", "compile-server.js")
    // npm gives it its run bit when it links the command, which is before this and not every time.
    chmodSync(`${made}/cli.js`, 0o755)
    rmSync(`${root}dist`, { recursive: true, force: true })
    renameSync(made, `${root}dist`)
} catch (error) {
    rmSync(made, { recursive: true, force: true })
    console.error(`heapscope: dist/ could not be made: ${error.message}`)
    process.exit(1)
}
