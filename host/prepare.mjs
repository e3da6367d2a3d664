// Runs at `npm ci` and before packing: bundles the command line into dist/ and puts the instrumented
// VM beside it, so that neither the 28 MB CLI bundle nor binaryen is needed to run a program.
import { copyFileSync, mkdirSync, rmSync } from "node:fs"
import { fileURLToPath, pathToFileURL } from "node:url"
import { build } from "esbuild"

const dist = fileURLToPath(new URL("../dist/", import.meta.url))
const host = fileURLToPath(new URL("./", import.meta.url))
const step = dist + "prepare-vm.mjs"

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)

const options = {
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
}
await build({
    ...options,
    entryPoints: [host + "vm/prepare-vm.ts"],
    outfile: step,
    packages: "external",
})
try {
    const { prepareVm } = await import(pathToFileURL(step).href)
    prepareVm(dist)
} catch (error) {
    console.error(`heapscope: the VM could not be prepared: ${error.message}`)
    process.exit(1)
} finally {
    rmSync(step, { force: true })
}
await build({
    ...options,
    entryPoints: [host + "cli.ts"],
    outfile: dist + "cli.js",
    minifySyntax: true,
    // Bundled CommonJS packages still call require for Node's own modules.
    banner: {
        js: '#!/usr/bin/env node\nimport { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
})
// The compiler runs in a process of its own, started from this file.
copyFileSync(host + "vm/build-process.mjs", dist + "build-process.mjs")
