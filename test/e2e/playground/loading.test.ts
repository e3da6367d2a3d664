import { expect, onTestFinished, test } from "vitest"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { startChromium } from "../chromium"
import { ServedSite } from "./served-site"

/** In the page. */
declare const heapscope: PlaygroundState

/** How long a page may take for it: its worker is begun anew after 30 s. Milliseconds. */
const PATIENCE_MS = 120_000

test(
    "a worker that never gets a library is begun anew, and what waited for it is answered",
    async () => {
        const site = await ServedSite.start()
        onTestFinished(() => site.close())
        const browser = await startChromium()
        onTestFinished(() => browser.close())
        // Files come from the host each time.
        const context = await browser.newContext({ serviceWorkers: "block" })
        const asked: string[] = []
        await context.route(/\/jacdac[^/]*\.js$/, async route => {
            asked.push(route.request().url())
            if (asked.length > 1) await route.continue()
        })
        const page = await context.newPage()
        await page.goto(site.address)
        await page.waitForFunction(() => "heapscope" in globalThis)
        const report = await page.evaluate(() =>
            heapscope.link.report({ cwd: "/project", entry: "src/main.ts", flags: { for: "1s" } }),
        )
        expect(report.simulated.ms).toBe(1000)
        expect(asked).toHaveLength(2)
    },
    PATIENCE_MS,
)
