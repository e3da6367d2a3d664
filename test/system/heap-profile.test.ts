import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { openMemoryPanel } from "./devtools"

const root = packageRoot()

test("the .heapprofile opens in Chromium's DevTools", async () => {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-profile-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, "a.heapprofile")
    const program = join(root, "test/vm/programs/profile-objects.ts")
    execFileSync(process.execPath, [
        join(root, "dist/cli.js"),
        ...["profile", program, "--heapprofile", file, "--json"],
    ])
    const panel = await openMemoryPanel()
    try {
        await panel.load(file)
        // Heaviest first, by what allocated and where: what the terminal shows, too. The runtime's own
        // blocks, the pins among them, are more than any line's.
        const rows = panel.page.locator("tr.data-grid-data-grid-node")
        await rows.first().waitFor()
        const shown = (row: number) => rows.nth(row).innerText()
        const [runtime, heaviest] = (await Promise.all([0, 1].map(shown))).map(text =>
            text.replace(/\s+/g, " "),
        )
        expect(runtime).toMatch(/^4\.8 kB.*\(runtime\) \[bytes\]/)
        expect(heaviest).toMatch(/^3\.9 kB.*main \[bytes\].*-objects\.ts:18/)
        expect(await rows.allInnerTexts()).toEqual(
            expect.arrayContaining([expect.stringContaining("Tray [buffer]")]),
        )
    } finally {
        await panel.close()
    }
})
