import { execFileSync, spawn } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { startChromium } from "../e2e/chromium"

/**
 * The folder of a VS Code server, as `lib/vscode` of code-server's package has it: there is none in Debian.
 * host/editor/README.md says how to get one.
 */
const VSCODE = process.env.HEAPSCOPE_VSCODE

const SOURCE = `import { sleep } from "@devicescript/core"
interface Order {
    paid: boolean
    id: number
}
const kept: Order[] = []
for (;;) {
    kept.push({ paid: true, id: kept.length })
    if (kept.length > 20) kept.pop()
    await sleep(100)
}
`

test.skipIf(VSCODE === undefined)(
    "in VS Code itself: a hover, lenses and a problem, of the workspace's own heapscope",
    { timeout: 240_000 },
    async () => {
        const folder = mkdtempSync(join(packageRoot(), "node_modules/.cache/vscode-"))
        onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
        const project = join(folder, "project")
        mkdirSync(join(project, "src"), { recursive: true })
        mkdirSync(join(project, "node_modules"))
        symlinkSync(packageRoot(), join(project, "node_modules/heapscope"))
        writeFileSync(join(project, "package.json"), "{}")
        writeFileSync(join(project, "devsconfig.json"), "{}")
        writeFileSync(join(project, "src/main.ts"), SOURCE)
        cpSync(join(packageRoot(), "dist/vscode"), join(folder, "extensions/heapscope.heapscope"), {
            recursive: true,
        })
        const heapscope = (...args: string[]) =>
            execFileSync(process.execPath, [join(packageRoot(), "dist/cli.js"), ...args], {
                ...{ cwd: project, encoding: "utf8", stdio: "pipe" },
            })
        heapscope("profile", "src/main.ts", "--for", "20s", "--quiet")
        expect(() =>
            heapscope("check", "src/main.ts", "--for", "20s", "--budget", "live=500"),
        ).toThrow()

        const server = spawn(process.execPath, [
            ...[join(VSCODE!, "out/server-main.js"), "--host", "127.0.0.1", "--port", "0"],
            ...["--without-connection-token", "--accept-server-license-terms"],
            ...["--server-data-dir", join(folder, "data")],
            ...["--extensions-dir", join(folder, "extensions")],
        ])
        const ended = new Promise(done => server.on("close", done))
        onTestFinished(async () => {
            server.kill("SIGKILL")
            await ended
        })
        const port = await new Promise<string>(done => {
            let said = ""
            server.stdout.on("data", (text: Buffer) => {
                const [, port] = /listening on (\d+)/.exec((said += text.toString())) ?? []
                if (port !== undefined) done(port)
            })
        })
        const browser = await startChromium()
        onTestFinished(() => browser.close())
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
        page.setDefaultTimeout(90_000)
        await page.goto(`http://127.0.0.1:${port}/?folder=${project}`)
        await page.getByText("Yes, I trust the authors").click()
        await page.keyboard.press("Control+P")
        await page.keyboard.type("main.ts", { delay: 50 })
        await page.getByText("main.ts").first().waitFor()
        await page.keyboard.press("Enter")
        const lenses = page.locator(".codelens-decoration")
        await lenses.filter({ hasText: "allocated here (20 s on pico" }).waitFor()
        await lenses.filter({ hasText: /^\d+ allocations, .* live at the end$/ }).waitFor()
        const declaration = page.locator(".view-line", { hasText: "interface Order" })
        const hover = page.locator(".monaco-hover", { hasText: "of heap as an object" })
        await declaration.getByText("Order").first().hover()
        await hover.waitFor()
        expect(await hover.innerText()).toMatch(/^\s*Order: 84 B of heap[^]*packed\s+9 B/)
        await page.keyboard.press("Control+Shift+M")
        await page
            .getByText(/high-water live, [\d,]+ B over the 500 B/)
            .first()
            .waitFor()
    },
)
