import { gzipSync } from "node:zlib"
import { expect, test } from "vitest"
import { siteParts } from "../../../host/playground/node/site-parts"

/** Of what is there before the first figures. Gzipped, kB. */
const MAX_FIRST_KB = 400
/** Of all that there is, the licenses of others aside. */
const MAX_ALL_KB = 3000
/** What the page asks for at once, beside what its scripts import. */
const FIRST = [
    ...["index.html", "playground.css", "playground.js", "board-worker.js"],
    ...["vm.wasm", "first.json", "catalogue.json"],
]

test("the first program is alive after 400 kB, and all there is has less than 3 MB", () => {
    const parts = new Map(siteParts().map(({ name, bytes }) => [name, bytes]))
    const weights = new Map(
        [...parts].map(([name, bytes]) => [name, gzipSync(bytes).length / 1000]),
    )
    const first = [...FIRST]
    for (const name of first) {
        const text = name.endsWith(".js") ? new TextDecoder().decode(parts.get(name)) : ""
        // What is imported when it is needed has brackets.
        for (const [, imported = ""] of text.matchAll(/(?:from|import)\s*"\.\/([\w-]+\.js)"/g))
            if (!first.includes(imported)) first.push(imported)
    }
    const sum = (names: readonly string[]) =>
        names.reduce((total, name) => total + weights.get(name)!, 0)
    const all = [...parts.keys()].filter(name => name !== "licenses.md")
    console.log(
        `first ${sum(first).toFixed(0)} kB in ${first.length} files, all ${sum(all).toFixed(0)} kB in ${all.length}`,
    )
    // The page and the worker import something.
    expect(first.length).toBeGreaterThan(FIRST.length + 2)
    expect(sum(first)).toBeLessThan(MAX_FIRST_KB)
    expect(sum(all)).toBeLessThan(MAX_ALL_KB)
})
