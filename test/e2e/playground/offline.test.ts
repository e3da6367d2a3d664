import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { siteParts } from "../../../host/playground/node/site-parts"
import { writeSite } from "../../../host/playground/node/write-site"
import { startOwnChromium } from "../chromium"
import { StaticHost } from "./static-host"

const PATIENCE = { timeout: 60_000 }
const KEPT = `(async () => {
    const [name, ...others] = await caches.keys()
    if (name === undefined || others.length > 0) return []
    const keys = await (await caches.open(name)).keys()
    return keys.map(({ url }) => url.replace(/^.*\\/|\\?.*$/g, "")).sort()
})()`
const IS_KEPT = "navigator.serviceWorker.ready.then(({ active }) => active !== null)"

let browser: Browser
let folder: string
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-offline-"))
    browser = await startOwnChromium()
}, 60_000)
afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
})

test("after the first visit it works without its host, a compiled lesson too; the next version comes by itself", async () => {
    const site = join(folder, "site")
    const parts = siteParts()
    const written = writeSite(parts, site, "site")
    let host = await StaticHost.start(site, "/a/path/")
    const { address, port } = host
    const context = await browser.newContext()
    const page = await context.newPage()
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    const comesAlive = () => page.locator(".desk").waitFor(PATIENCE)
    try {
        await page.goto(address)
        await comesAlive()
        expect(await page.evaluate(IS_KEPT)).toBe(true)
        expect(await page.evaluate(KEPT)).toEqual(
            written
                .map(({ name }) => name)
                .filter(name => name !== "offline.js" && name !== "licenses.md")
                .sort(),
        )
        await host.close()
        await page.reload()
        await comesAlive()
        // It is not in the cache of what was built: the compiler was kept, too.
        await page.goto(`${address}#lesson/pool`)
        await page.reload()
        await comesAlive()
        expect(await page.locator(".failure").count()).toBe(0)

        const MARK = "/* the next version */"
        writeSite(
            parts.map(({ name, bytes }) => ({
                name,
                bytes:
                    name === "playground.css"
                        ? new TextEncoder().encode(new TextDecoder().decode(bytes) + MARK)
                        : bytes,
            })),
            site,
            "site",
        )
        host = await StaticHost.start(site, "/a/path/", port)
        await page.reload()
        await comesAlive()
        await page.waitForFunction(
            "navigator.serviceWorker.getRegistration().then(one => one.waiting !== null)",
            undefined,
            PATIENCE,
        )
        // Only what differs was fetched.
        expect(host.asked.filter(name => name !== "offline.js")).toEqual(["playground.css"])
        // It is answered with a page that reloads itself: that one never ends to load.
        await page.reload({ waitUntil: "commit" })
        await page.waitForFunction(
            `fetch("playground.css").then(one => one.text()).then(text => text.endsWith("${MARK}"))`,
            undefined,
            PATIENCE,
        )
        await comesAlive()
        await expect
            .poll(async () => ((await page.evaluate(KEPT)) as string[]).length)
            .toBe(written.length - 2)
        expect(problems).toEqual([])
    } finally {
        await context.close()
        await host.close()
    }
}, 240_000)
