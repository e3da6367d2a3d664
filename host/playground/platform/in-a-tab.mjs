// For esbuild: has code that runs in Node run in a browser's worker. A part of Node is what `node/` has of
// that name; a file of a room `node/` of the house is the one of the same name in `rooms/`, where there is one.
// What is reached of Node and stands in neither fails the bundle.
import { existsSync } from "node:fs"
import { dirname, join, relative, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"

const platform = dirname(fileURLToPath(import.meta.url))
const host = resolve(platform, "../..")
const ROOM = /^([a-z]+)\/node\/(.+)$/

/** @type {import("esbuild").Plugin} */
export const IN_A_TAB = {
    name: "in a tab",
    setup({ onResolve }) {
        onResolve({ filter: /^node:/ }, ({ path }) => {
            const file = join(platform, "node", `${path.slice("node:".length)}.ts`)
            if (existsSync(file)) return { path: file }
            return { errors: [{ text: `${path} has nothing that stands in for it in a tab` }] }
        })
        onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
            const file = relative(host, resolve(resolveDir, path)).split(sep).join("/")
            const [, folder, name] = ROOM.exec(file) ?? []
            if (folder === undefined) return undefined
            const instead = join(platform, "rooms", folder, `${name}.ts`)
            return existsSync(instead) ? { path: instead } : undefined
        })
        // Code of one's own, which the command line runs when it is trusted, is data alone in a tab.
        onResolve({ filter: /^jiti$/ }, () => ({ path: join(platform, "no-code.ts") }))
    },
}
