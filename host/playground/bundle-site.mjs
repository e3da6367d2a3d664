// Bundles the playground into a folder: the page, its two workers, what they fetch. Called when the package
// is prepared.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { transformSync } from "esbuild"
import { IN_A_TAB } from "./platform/in-a-tab.mjs"

const root = fileURLToPath(new URL("../../", import.meta.url))
const here = `${root}host/playground/`

/** Folders of the package that a tab has, and what of them. What of src/ is for Node alone, no board has. */
const OF_PACKAGE = { boards: /\.json$/, devs: /\.(ts|json)$/, src: /\.ts$/ }

/**
 * The scripts and styles: our own code.
 * @param bundle bundles with esbuild, and notes whose code it took
 * @param page options for a program of a browser
 * @param styles files that the style sheet is made of
 */
export async function bundleSiteCode(bundle, made, page, styles) {
    const site = join(made, "site")
    // In one, so that what the page and its workers share is fetched once.
    await bundle({
        ...page,
        outdir: site,
        entryPoints: {
            playground: `${here}main.tsx`,
            "board-worker": `${here}worker/board-worker.ts`,
            "compiler-worker": `${here}worker/compiler-worker.ts`,
            "simulation-worker": `${here}board/simulation-worker.ts`,
            "help-worker": `${here}worker/help-worker.ts`,
        },
        splitting: true,
        chunkNames: "part-[hash]",
        plugins: [...page.plugins, IN_A_TAB],
        inject: [`${here}platform/globals.ts`],
    })
    // Of a kind of its own, for which not every browser has modules.
    await bundle({
        ...page,
        format: "iife",
        outdir: site,
        entryPoints: { offline: `${here}share/offline-worker.ts` },
    })
    const css = [
        ...styles,
        `${here}editor/editor.css`,
        `${here}playground.css`,
        `${here}board/board.css`,
    ]
        .map(file => readFileSync(file, "utf8"))
        .join("\n")
    const { code } = transformSync(css, { loader: "css", minify: true, target: page.target })
    writeFileSync(join(site, "playground.css"), code)
    copyFileSync(`${here}index.html`, join(site, "index.html"))
}

/**
 * The data: the first program as it is built, the list of programs and boards. What the package has
 * elsewhere is put beside it when the site is served or written: `node/site-parts.ts`.
 * @param dist has them as they were prepared for Node
 */
export async function makeSiteData(build, dist, made) {
    const site = join(made, "site")
    mkdirSync(site, { recursive: true })
    const step = join(made, "site-step.mjs")
    await build({
        ...{ bundle: true, platform: "browser", format: "esm", target: "es2022" },
        entryPoints: [`${here}build-site.ts`],
        outfile: step,
        plugins: [IN_A_TAB],
        inject: [`${here}platform/globals.ts`],
        external: ["jacdac-ts"],
        logLevel: "warning",
    })
    const { siteData } = await import(pathToFileURL(step).href)
    rmSync(step)
    const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))
    const module = join(made, "site-compiler.mjs")
    const compiler = readFileSync(join(dist, "devicescript-compiler.js"), "utf8")
    writeFileSync(module, `export default ${compiler}`)
    const { default: factory } = await import(pathToFileURL(module).href)
    rmSync(module)
    const data = await siteData(packageFiles(dist), version, factory)
    for (const [name, value] of Object.entries(data))
        writeFileSync(join(site, `${name}.json`), JSON.stringify(value))
}

function packageFiles(dist) {
    const files = {
        // It is asked for; the worker is started from a script of the site.
        "dist/compiler-thread.js": "",
        "dist/official-boards.json": readFileSync(join(dist, "official-boards.json"), "utf8"),
    }
    for (const [folder, wanted] of Object.entries(OF_PACKAGE))
        for (const name of readdirSync(`${root}${folder}`, { recursive: true })) {
            const path = `${folder}/${name.replaceAll("\\", "/")}`
            if (wanted.test(path) && !/node_modules|\.devicescript|^src\/node\//.test(path))
                files[path] = readFileSync(`${root}${path}`, "utf8")
        }
    return files
}
