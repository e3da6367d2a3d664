import { afterAll, beforeAll, expect, test } from "vitest"
import type { Browser } from "playwright-core"
import { shareOf } from "../../vm/share"
import { startChromium } from "../chromium"
import {
    allCases,
    expectSameReports,
    failingCases,
    programsOfPackage,
    randomCases,
} from "./report-cases"
import { ServedSite } from "./served-site"

const WHOLE = process.env.HEAPSCOPE_WHOLE === "1"
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)

let site: ServedSite
let browser: Browser
beforeAll(async () => {
    site = await ServedSite.start()
    browser = await startChromium()
})
afterAll(async () => {
    await browser?.close()
    await site?.close()
})

const share = () => [
    ...shareOf(programsOfPackage(), 2),
    ...randomCases([SEED, SEED + 1, SEED + 2]),
    ...shareOf(failingCases(), 2),
]

test(
    "a tab reports what the command line reports, byte for byte, failures too",
    { timeout: WHOLE ? 3_600_000 : 300_000 },
    async () => {
        const page = await browser.newPage()
        const problems: string[] = []
        page.on("pageerror", error => problems.push(String(error)))
        await page.goto(site.address)
        await page.waitForFunction(() => "heapscope" in globalThis)
        // Nobody looks at what runs: drawn, it takes half of a core.
        await page.evaluate("heapscope.stop()")
        await expectSameReports(WHOLE ? allCases(SEED) : share(), expression =>
            page.evaluate(expression),
        )
        expect(problems).toEqual([])
        await page.close()
    },
)
