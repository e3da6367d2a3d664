import { builtinModules } from "node:module"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"

const made = join(packageRoot(), "dist/vscode")

/** What an extension says of itself. */
interface Manifest {
    main: string
    version: string
    contributes: { commands: { command: string }[]; configuration: { properties: object } }
}

test("the extension is whole: its entry, commands that the server or itself has, settings that are read", () => {
    const read = (file: string) => readFileSync(join(made, file), "utf8")
    const { main, contributes } = JSON.parse(read("package.json")) as Manifest
    const entry = read(main)
    const server = readFileSync(join(packageRoot(), "dist/language-server.cjs"), "utf8")
    for (const { command } of contributes.commands)
        expect(`${entry}${server}`).toContain(`"${command}"`)
    expect(Object.keys(contributes.configuration.properties)).toEqual([
        ...["heapscope.board", "heapscope.for", "heapscope.path"],
    ])
    // Nothing but the editor's own module and Node's is asked for.
    const asked = [...entry.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name!)
    expect(asked.filter(name => !builtinModules.includes(name.replace(/^node:/, "")))).toEqual(
        asked.filter(name => name === "vscode"),
    )
})
