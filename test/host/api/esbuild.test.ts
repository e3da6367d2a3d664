import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "esbuild"
import { expect, onTestFinished, test } from "vitest"
import { tables } from "../../../host/api/esbuild"

function folderWith(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-esbuild-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return folder
}

const bundle = (folder: string) =>
    build({
        ...{ entryPoints: [join(folder, "shop.js")], bundle: true, write: false },
        ...{ format: "esm", logLevel: "silent", plugins: [tables({ keys: ["name"] })] },
    })

test("a bundle has a table's functions where its file is imported", async () => {
    const folder = folderWith({
        "menu.csv": "code,name,price\n1,Soup,4.50\n2,Roast,16.90\n",
        "shop.js":
            'import { findMenuByName, menuPrice } from "./menu.csv"\nexport const price = menuPrice(findMenuByName("Roast"))',
    })
    const { outputFiles } = await bundle(folder)
    const code = outputFiles[0]!.text
    const module = (await import(
        /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
    )) as { price: number }
    expect(module.price).toBe(16.9)
})

test("what is no table is an error of the build, with its line", async () => {
    const folder = folderWith({
        "menu.csv": "name,price\nSoup\n",
        "shop.js": 'import "./menu.csv"',
    })
    await expect(bundle(folder)).rejects.toMatchObject({
        errors: [
            {
                text: "menu.csv:2: 1 value where the first line names 2.",
                location: { line: 2 },
            },
        ],
    })
})
