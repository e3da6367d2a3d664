import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { chromium } from "playwright-core"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"

const root = packageRoot()
/** Where Debian's package valgrind has its viewer. */
const VIEWER = "/usr/libexec/valgrind/dh_view.html"

test("DHAT's own viewer opens the file, and sums it up to the profile's bytes", async () => {
    expect(existsSync(VIEWER)).toBe(true)
    const folder = mkdtempSync(join(tmpdir(), "heapscope-dhat-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, "dhat.json")
    const program = join(root, "test/vm/programs/profile-objects.ts")
    const json = execFileSync(
        process.execPath,
        [join(root, "dist/cli.js"), "profile", program, "--dhat", file, "--json"],
        { encoding: "utf8", maxBuffer: 1 << 26 },
    )
    const { total } = JSON.parse(json) as { total: { bytes: number; allocations: number } }
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
        args: ["--no-sandbox"],
    })
    try {
        const page = await browser.newPage()
        await page.goto(pathToFileURL(VIEWER).href)
        await page.setInputFiles("input[type=file]", file)
        const shown = page.locator("body", { hasText: "PP 1/" })
        await shown.waitFor()
        const text = (await shown.innerText()).replace(/\s+/g, " ")
        expect(text).not.toMatch(/error|Uncaught/i)
        expect(text.replaceAll(",", "")).toContain(`${total.bytes} bytes`)
        expect(text.replaceAll(",", "")).toContain(`${total.allocations} blocks`)
    } finally {
        await browser.close()
    }
})
