// What of src/ has a form of its own for Node. A board's compiler reads src/ as it is; where V8 wants it
// otherwise, `src/node/x.ts` stands for `src/x.ts` in what is bundled for Node, and this is how.
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const src = fileURLToPath(new URL("../src", import.meta.url))
const node = join(src, "node")

/** How the structures are compiled. */
const FIELDS_ARE_ASSIGNED = {
    compilerOptions: { useDefineForClassFields: false, verbatimModuleSyntax: true },
}

/** For esbuild: bundles the structures as Node is to have them. */
export const NODE_TWINS = {
    name: "node twins",
    setup({ esbuild, onLoad, onResolve }) {
        onResolve({ filter: /^\.\.?\/.*[\w-]$/ }, ({ path, importer }) => {
            const twin = join(node, `${basename(path)}.ts`)
            const isStructure = dirname(join(dirname(importer), path)) === src
            // What a twin itself imports under its own name is what it stands for.
            if (!isStructure || importer === twin || !existsSync(twin)) return undefined
            return { path: twin }
        })
        // A field that is defined, empty, before it is given its first value is one that may hold anything
        // to V8, which then asks at each use what it does hold.
        onLoad({ filter: /[\\/]src[\\/](node[\\/])?[\w-]+\.ts$/ }, async ({ path }) => {
            if (dirname(path) !== src && dirname(path) !== node) return undefined
            const { code } = await esbuild.transform(await readFile(path, "utf8"), {
                ...{ loader: "ts", target: "node20", sourcefile: path },
                tsconfigRaw: FIELDS_ARE_ASSIGNED,
            })
            return { contents: code }
        })
    },
}
