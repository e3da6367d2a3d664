/**
 * A plugin for esbuild: a program for Node or the browser imports a table's file, and has the functions of
 * the board's table, `heapscope generate menu.csv`.
 *
 * ```js
 * import { build } from "esbuild"
 * import { tables } from "heapscope/esbuild"
 *
 * await build({ entryPoints: ["shop.js"], bundle: true, plugins: [tables({ keys: ["name"] })] })
 * // in shop.js: import { findMenuByName, menuPrice } from "./menu.csv"
 * ```
 */
import { readFile } from "node:fs/promises"
import { basename } from "node:path"
import { failureOf } from "../base/errors"
import { generateTable } from "../compiler/generate/tables/generate-table"
import { loadCompiler, type LoadedCompiler } from "../compiler/node/load-compiler"

/** What tables to make, and how. */
export interface TablesOptions {
    /** Files that are tables, by their paths. Default: `.csv`, `.tsv` and `.table.json`. */
    filter?: RegExp
    /** Columns that a row is found by, of the tables that have them. Default: the first, if its values differ. */
    keys?: readonly string[]
}

/** As much of esbuild's own type as the plugin is. */
export interface TablesPlugin {
    name: string
    setup(build: {
        onLoad(
            options: { filter: RegExp },
            load: (args: { path: string }) => Promise<LoadedTable>,
        ): void
    }): void
}

type LoadedTable =
    | { contents: string; loader: "ts" }
    | { errors: { text: string; location: { file: string; line: number } | null }[] }

/** Makes the plugin. What is no table is an error of the build, with its line. */
export function tables({
    filter = /\.(?:csv|tsv|table\.json)$/i,
    keys,
}: TablesOptions = {}): TablesPlugin {
    let loaded: LoadedCompiler | undefined
    const load = async (path: string): Promise<LoadedTable> => {
        const file = basename(path)
        try {
            const text = await readFile(path, "utf8")
            loaded ??= loadCompiler()
            const { typescript } = loaded.compiler
            const name = file.replace(/(?:\.table)?\.[^.]*$/, "")
            const request = { text, file, ...(/\.json$|sv$/i.test(file) && { name }) }
            const { named } = generateTable(typescript, request)
            const present = keys?.filter(key => named.table.columns.some(one => one.name === key))
            const { host } = present?.length
                ? generateTable(typescript, { ...request, keys: present })
                : generateTable(typescript, request)
            return { contents: host, loader: "ts" }
        } catch (error) {
            const { message } = failureOf(error)
            const [, line] = /:(\d+): /.exec(message) ?? []
            const location = line === undefined ? null : { file: path, line: Number(line) }
            return { errors: [{ text: message, location }] }
        }
    }
    return {
        name: "heapscope-tables",
        setup: build => build.onLoad({ filter }, ({ path }) => load(path)),
    }
}
