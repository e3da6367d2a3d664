import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { isMade, noteMade } from "../../host/made-of.mjs"

test("dist/ is up to date until anything it is made of changes, or a part of it goes", () => {
    const root = mkdtempSync(join(tmpdir(), "heapscope-made-"))
    onTestFinished(() => rmSync(root, { recursive: true }))
    const put = (file: string, text: string) => writeFileSync(join(root, file), text)
    for (const folder of ["host/cli", "src", "dist/types"])
        mkdirSync(join(root, folder), { recursive: true })
    const files = ["host/cli/cli.ts", "src/index.ts", "package.json", "package-lock.json"]
    for (const file of [...files, "dist/cli.js", "dist/types/index.d.ts"]) put(file, file)
    const dist = join(root, "dist")
    expect(isMade(root, dist)).toBe(false)
    noteMade(root, dist)
    expect(isMade(root, dist)).toBe(true)
    for (const file of files) {
        put(file, "changed")
        expect(isMade(root, dist), file).toBe(false)
        put(file, file)
        expect(isMade(root, dist), file).toBe(true)
    }
    put("src/new.ts", "")
    expect(isMade(root, dist)).toBe(false)
    rmSync(join(root, "src/new.ts"))
    rmSync(join(root, "dist/types/index.d.ts"))
    expect(isMade(root, dist)).toBe(false)
    noteMade(root, dist)
    put("dist/cli.js", "")
    expect(isMade(root, dist)).toBe(false)
})
