import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { siteParts } from "../../../host/playground/node/site-parts"
import { SiteServer } from "../../../host/playground/node/site-server"
import { PROJECT_ROOT } from "../../../host/playground/project"
import { readShareHash, shareHash } from "../../../host/playground/share/share-link"
import { startChromium } from "../chromium"

const PATIENCE = { timeout: 60_000 }

let browser: Browser
let site: SiteServer
beforeAll(async () => {
    ;[browser, site] = await Promise.all([startChromium(), SiteServer.listen(siteParts(), 0)])
}, 60_000)
afterAll(async () => {
    await browser?.close()
    await site?.close()
})

test("what is open goes into a link, and out of it in another tab, at the moment that was looked at", async () => {
    const context = await browser.newContext({
        permissions: ["clipboard-read", "clipboard-write"],
    })
    try {
        const page = await context.newPage()
        await page.goto(site.address)
        await page.locator(".desk").waitFor(PATIENCE)
        await page.evaluate(
            `heapscope.edit("src/main.ts", heapscope.project.value.files["src/main.ts"] + "\\n// <b>mine</b>\\n")`,
        )
        await page.getByRole("button", { name: "Share" }).click()
        await page.getByText("The link is copied").waitFor(PATIENCE)
        const link = (await page.evaluate("navigator.clipboard.readText()")) as string
        const { project } = await readShareHash(new URL(link).hash)
        expect(project.files["src/main.ts"]).toMatch(/\/\/ <b>mine<\/b>\n$/)

        await page.close()

        const other = await context.newPage()
        await other.goto(new URL(await shareHash({ project, atMs: 3000 }), site.address).href)
        // It is compiled first.
        await expect
            .poll(() => other.evaluate("globalThis.heapscope?.page.momentMs.value"), {
                timeout: 120_000,
            })
            .toBe(3000)
        expect(await other.evaluate("heapscope.project.value.files")).toEqual(project.files)
    } finally {
        await context.close()
    }
}, 240_000)

test("a link that cannot be opened says so in one sentence, and the first program runs", async () => {
    const page = await browser.newPage()
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("dialog", dialog => problems.push(dialog.message()))
    try {
        const name = "<img src=x onerror=alert(1)>.ts"
        const hostile = await shareHash({
            project: {
                ...{ title: "<script>alert(1)</script>", root: PROJECT_ROOT, flags: {} },
                ...{ entry: name, files: { [name]: "" } },
            },
        })
        for (const hash of ["#p=1.garbage", "#p=9.abc", hostile]) {
            await page.goto("about:blank")
            await page.goto(site.address + hash)
            await page.locator(".desk").waitFor(PATIENCE)
            const said = page.getByText(/This (link|project) cannot be opened/)
            await said.waitFor(PATIENCE)
            expect(await said.count()).toBe(1)
            expect(await page.evaluate("heapscope.project.value.entry")).toBe("src/main.ts")
        }
        expect(await page.locator("img").count()).toBe(0)
        expect(problems).toEqual([])
    } finally {
        await page.close()
    }
}, 180_000)
