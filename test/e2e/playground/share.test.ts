import type { Browser, BrowserContext } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { siteParts } from "../../../host/playground/node/site-parts"
import { SiteServer } from "../../../host/playground/node/site-server"
import { PROJECT_ROOT } from "../../../host/playground/project"
import { readShareHash, shareHash } from "../../../host/playground/share/share-link"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { startChromium } from "../chromium"
import { PATIENCE, PlaygroundTab } from "./playground-tab"

/** In the page. */
declare const heapscope: PlaygroundState

let browser: Browser
let site: SiteServer
let context: BrowserContext
/** Where the link is opened that the first tab has made; then those that cannot be. */
let tab: PlaygroundTab
beforeAll(async () => {
    ;[browser, site] = await Promise.all([startChromium(), SiteServer.listen(siteParts(), 0)])
    context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] })
}, 60_000)
afterAll(async () => {
    await browser?.close()
    await site?.close()
})

test("what is open goes into a link, and out of it in another tab, at the moment that was looked at", async () => {
    const { page } = await PlaygroundTab.open(context, site.address)
    // It is looked at elsewhere.
    await page.evaluate(() => heapscope.stop())
    await page.evaluate(() =>
        heapscope.edit(
            "src/main.ts",
            heapscope.project.value!.files["src/main.ts"]! + "\n// <b>mine</b>\n",
        ),
    )
    await page.getByRole("button", { name: "Share" }).click()
    await page.getByText("The link is copied").waitFor(PATIENCE)
    const link = (await page.evaluate("navigator.clipboard.readText()")) as string
    const { project } = await readShareHash(new URL(link).hash)
    expect(project.files["src/main.ts"]).toMatch(/\/\/ <b>mine<\/b>\n$/)
    await page.close()

    const hash = await shareHash({ project, atMs: 3000 })
    tab = await PlaygroundTab.open(context, new URL(hash, site.address).href)
    // It is compiled first.
    await expect
        .poll(() => tab.page.evaluate(() => heapscope.page.momentMs.value), { timeout: 120_000 })
        .toBe(3000)
    expect(await tab.page.evaluate(() => heapscope.project.value!.files)).toEqual(project.files)
}, 240_000)

test("a link that cannot be opened says so in one sentence, and the first program runs", async () => {
    const { page, problems } = tab
    page.on("dialog", dialog => problems.push(dialog.message()))
    const name = "<img src=x onerror=alert(1)>.ts"
    const hostile = await shareHash({
        project: {
            ...{ title: "<script>alert(1)</script>", root: PROJECT_ROOT, flags: {} },
            ...{ entry: name, files: { [name]: "" } },
        },
    })
    const said = page.getByText(/This (link|project) cannot be opened/)
    const expectRefused = async () => {
        await page.locator(".desk").waitFor(PATIENCE)
        await said.waitFor(PATIENCE)
        expect(await said.count()).toBe(1)
        expect(await page.evaluate(() => heapscope.project.value!.entry)).toBe("src/main.ts")
    }
    // A tab begins with it.
    await page.goto("about:blank")
    await page.goto(`${site.address}#p=1.garbage`)
    await expectRefused()
    // And it takes the place of what was open.
    for (const hash of ["#p=9.abc", hostile]) {
        await tab.show()
        await said.waitFor({ ...PATIENCE, state: "detached" })
        await tab.show({ hash })
        await expectRefused()
    }
    expect(await page.locator("img").count()).toBe(0)
    expect(problems).toEqual([])
}, 180_000)
