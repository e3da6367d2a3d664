import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser } from "playwright-core"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { barriersIn } from "./barriers"
import { startChromium } from "./chromium"
import { heapscopeHere } from "./command"
import { ServedPage } from "./served-page"

const PATIENCE = { timeout: 30_000 }
/** What somebody wants to see of it: a folder for pictures. */
const PICTURES = process.env["HEAPSCOPE_PICTURES"]

let browser: Browser
let served: ServedPage
let folder: string

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-wall-"))
    const program = (name: string) => join(packageRoot(), name)
    // One that has reported and left, some that live, and some that die and begin anew.
    const recording = join(folder, "shed.ndjson")
    const station = program("devs/station/reporting.ts")
    await heapscopeHere(["sim", station, "--for", "5s", "--record", recording, "--quiet"])
    const boards = [
        { recording, speed: "max" },
        { simulate: 24, real: 2, program: station, board: "pico" },
        {
            ...{ simulate: 15, real: 2, every: "500ms", board: "pico_w" },
            program: program("test/vm/programs/die-closures.ts"),
        },
    ]
    writeFileSync(join(folder, "heapscope.config.json"), JSON.stringify({ fleet: { boards } }))
    ;[browser, served] = await Promise.all([startChromium(), ServedPage.start(["fleet"], folder)])
}, 180_000)
afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
    expect(await served?.quit()).toBe(130)
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
})

test("the wall has all boards, the worst first, and is one click from each of them, live", async () => {
    const { page, problems } = await served.open(browser)
    await page.getByText("40 boards").waitFor(PATIENCE)
    await page.locator(".board-tile.good").first().waitFor(PATIENCE)
    expect(await page.locator(".board-tile").first().innerText()).toMatch(
        /shed\s+gone\s+last heard/,
    )
    const ranks = { bad: 0, warning: 1, quiet: 2, good: 3 }
    const looks = await page
        .locator(".board-tile")
        .evaluateAll(tiles => tiles.map(tile => tile.className.split(" ")[1]!))
    expect(looks).toHaveLength(40)
    const order = looks.map(look => ranks[look as "bad"])
    expect(order).toEqual([...order].sort((a, b) => a - b))
    await page.getByRole("searchbox").fill("pico-0007")
    const tile = page.locator(".board-tile")
    await expect.poll(() => tile.count()).toBe(1)
    expect(await barriersIn(page)).toEqual([])
    await tile.click()
    await page.getByRole("navigation", { name: "The fleet" }).getByText("pico-0007").waitFor()
    await page.locator(".figure", { hasText: "Live" }).first().waitFor(PATIENCE)
    expect(await barriersIn(page)).toEqual([])
    await page.getByRole("link", { name: "All boards" }).click()
    await page.getByText("40 boards").waitFor(PATIENCE)
    expect(problems).toEqual([])
})

test.runIf(PICTURES)("what boards died of is told below them", async () => {
    const { page } = await served.open(browser)
    await page.getByRole("heading", { name: "Deaths" }).waitFor({ timeout: 80_000 })
    await page.getByRole("heading", { name: "Deaths" }).scrollIntoViewIfNeeded()
    expect(await barriersIn(page)).toEqual([])
    await page.screenshot({ path: `${PICTURES}/deaths.png` })
})

test("it is walked by the keyboard, and nothing sticks out from 390 to 2560 px, light and dark", async () => {
    for (const [width, colorScheme] of [
        [390, "light"],
        [1280, "dark"],
        [2560, "light"],
    ] as const) {
        const { page } = await served.open(browser, {
            ...{ viewport: { width, height: 900 }, colorScheme },
        })
        await page.getByText("40 boards").waitFor(PATIENCE)
        await page.locator(".board-tile .trail polyline").first().waitFor({ state: "attached" })
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(
            width,
        )
        expect(await barriersIn(page)).toEqual([])
        if (PICTURES !== undefined)
            await page.screenshot({ path: `${PICTURES}/wall-${width}-${colorScheme}.png` })
        if (width !== 1280) {
            await page.close()
            continue
        }
        await page.locator(".board-tile").first().focus()
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("ArrowDown")
        const focused = page.locator(".board-tile:focus")
        const href = await focused.getAttribute("href")
        expect(href).not.toBe(await page.locator(".board-tile").nth(1).getAttribute("href"))
        await page.keyboard.press("Enter")
        await page.getByRole("link", { name: "All boards" }).waitFor()
        expect(new URL(page.url()).hash).toBe(href)
        if (PICTURES !== undefined) {
            await page.locator(".figure").first().waitFor(PATIENCE)
            await page.screenshot({ path: `${PICTURES}/board.png` })
        }
        await page.close()
    }
})

test("nobody sees it without the token, and a board that there is not is said so", async () => {
    const { origin } = new URL(served.address)
    expect((await fetch(`${origin}/wall`)).status).toBe(403)
    const { page } = await served.open(browser)
    await page.goto("about:blank")
    await page.goto(`${origin}/#wrong`)
    await page.getByText("Not this address").waitFor(PATIENCE)
    await page.goto("about:blank")
    await page.goto(`${served.address}/nobody`)
    await page.getByText("There is no board of that name").waitFor(PATIENCE)
})
