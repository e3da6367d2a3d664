// Runs at `npm ci` and before packing: bundles the command line into dist/ and puts the instrumented
// VM beside it, so that neither the 28 MB CLI bundle nor binaryen is needed to run a program.
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync } from "node:fs"
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

async function prepareVm() {
    const step = `${made}/prepare-vm.mjs`
    await build({
        ...options,
        entryPoints: [`${host}simulator/instrument/prepare-vm.ts`],
        outfile: step,
        packages: "external",
    })
    const { prepareVm } = await import(pathToFileURL(step).href)
    prepareVm(made)
    rmSync(step)
}

function bundleCli() {
    return build({
        ...options,
        entryPoints: [`${host}cli/cli.ts`],
        outfile: `${made}/cli.js`,
        minifySyntax: true,
        // One has a native part, the other is as large as all the rest: loaded when they are needed.
        external: ["serialport", "jacdac-ts"],
        // Bundled CommonJS packages still call require for Node's own modules.
        banner: {
            js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
        },
    })
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
    await prepareVm()
    await bundleStructures()
    declareStructures()
    await bundleCli()
    // npm gives it its run bit when it links the command, which is before this and not every time.
    chmodSync(`${made}/cli.js`, 0o755)
    // The compiler runs in a process of its own, started from this file.
    copyFileSync(`${host}compiler/node/build-process.mjs`, `${made}/build-process.mjs`)
    rmSync(`${root}dist`, { recursive: true, force: true })
    renameSync(made, `${root}dist`)
} catch (error) {
    rmSync(made, { recursive: true, force: true })
    console.error(`heapscope: dist/ could not be made: ${error.message}`)
    process.exit(1)
}
