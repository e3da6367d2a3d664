// Runs every benchmark, or those named: `npm run bench`, `npm run bench -- vm`. They are bundled first,
// as the product is: a test runner's module loader would be measured with them.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const folder = fileURLToPath(new URL("./", import.meta.url))
const names = readdirSync(folder)
    .filter(file => file.endsWith(".bench.ts"))
    .map(file => file.slice(0, -".bench.ts".length))
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !names.includes(name))
if (unknown.length > 0) {
    console.error(`no benchmark ${unknown.join(", ")}: there are ${names.join(", ")}`)
    process.exit(2)
}

// Beside dist/, from where the built code finds the package's files.
const made = mkdtempSync(fileURLToPath(new URL("../../.bench-", import.meta.url)))
let failed = false
try {
    for (const name of wanted.length > 0 ? wanted : names) {
        const outfile = `${made}/${name}.mjs`
        await build({
            entryPoints: [`${folder}${name}.bench.ts`],
            outfile,
            bundle: true,
            platform: "node",
            format: "esm",
            packages: "external",
            logLevel: "warning",
        })
        console.log(`\n${name}`)
        failed ||= spawnSync(process.execPath, [outfile], { stdio: "inherit" }).status !== 0
    }
} finally {
    rmSync(made, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0
