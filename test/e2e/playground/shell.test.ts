import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { barriersIn } from "../barriers"
import { startChromium } from "../chromium"
import { PATIENCE, PlaygroundTab } from "./playground-tab"
import { ServedSite } from "./served-site"

/** In the page. */
declare const heapscope: PlaygroundState

let site: ServedSite
let browser: Browser
let tab: PlaygroundTab
let page: Page
beforeAll(async () => {
    site = await ServedSite.start()
    browser = await startChromium()
    tab = await PlaygroundTab.open(browser, site.address)
    page = tab.page
}, 120_000)
afterEach(() => expect(tab.problems.splice(0)).toEqual([]))
afterAll(async () => {
    await browser?.close()
    await site?.close()
})

describe("the playground", () => {
    test("can be used by all, narrow and wide, dark and light, in class too", async () => {
        for (const [hash, width, theme] of [
            ["#start", 390, "dark"],
            ["#start", 2560, "light"],
            ["#lesson/keep-last", 1280, "light"],
            ["#class/lesson/pool", 1280, "dark"],
        ] as const) {
            await tab.show({ hash, width, theme })
            const isClass = hash.startsWith("#class/")
            await page
                .locator(isClass ? ".in-class" : ".editor")
                .first()
                .waitFor(PATIENCE)
            if (hash !== "#start") await page.locator(".lesson").waitFor(PATIENCE)
            expect(await barriersIn(page)).toEqual([])
            // Nothing is wider than the window.
            const overflow = await page.evaluate(
                () => document.documentElement.scrollWidth - innerWidth,
            )
            expect(overflow).toBeLessThanOrEqual(0)
        }
    }, 240_000)

    test("keeps what a class has guessed, and prints it", async () => {
        await tab.show({ hash: "#class/lesson/what-is-a-heap" })
        await page.locator(".lesson .guess input").waitFor(PATIENCE)
        expect(await page.locator(".code-pane").isVisible()).toBe(false)
        await page.locator(".lesson .guess input").first().fill("1234")
        await page.getByRole("button", { name: "That is my guess" }).click()
        await page.getByText("1 of 23 guessed").waitFor(PATIENCE)
        await page.getByRole("navigation").getByRole("button", { name: "Next" }).click()
        await page.getByText("Lesson 2 of 23").waitFor(PATIENCE)
        expect(new URL(page.url()).hash).toBe("#class/lesson/keep-last")

        // It is there at the next visit, and what comes out of the printer is the sheet alone.
        await page.reload()
        await page.getByText("1 of 23 guessed").waitFor(PATIENCE)
        await page.emulateMedia({ media: "print" })
        expect(await page.locator(".sheet").isVisible()).toBe(true)
        expect(await page.locator(".desk").isVisible()).toBe(false)
        const row = page.locator(".sheet tr", { hasText: "1,234" })
        expect(await row.locator("td").count()).toBe(4)
        expect(await page.locator(".sheet tbody tr").count()).toBe(23)
        await page.emulateMedia({ media: "screen" })
        await page.getByRole("button", { name: "Forget them" }).click()
        await page.getByText("0 of 23 guessed").waitFor(PATIENCE)
    }, 180_000)

    test("is enough with a keyboard: edit, run, stop, another program, a lesson's guess", async () => {
        await tab.show()
        await page.locator(".cm-content").waitFor(PATIENCE)
        const focused = () =>
            page.evaluate(() => {
                const inner = document.activeElement?.shadowRoot?.activeElement
                const at = inner ?? document.activeElement
                return at?.getAttribute("aria-label") ?? at?.textContent?.trim() ?? ""
            })
        const tabTo = async (name: string | RegExp) => {
            const seen: string[] = []
            for (let presses = 0; presses < 40; presses++) {
                const now = await focused()
                seen.push(now.slice(0, 30))
                if (typeof name === "string" ? now === name : name.test(now)) return
                await page.keyboard.press("Tab")
            }
            throw new Error(`no ${String(name)} among ${seen.join(", ")}`)
        }
        // Where Tab begins in a fresh page is the browser's to say.
        await page.evaluate(() => document.querySelector<HTMLElement>("select")!.focus())
        await tabTo("Stop")
        await page.keyboard.press("Enter")
        await page.waitForFunction(() => !heapscope.isRunning.value, undefined, PATIENCE)
        await tabTo(/^Text of src\/main\.ts/)
        await page.keyboard.press("Control+Home")
        await page.keyboard.type('console.log("by keys")\n')
        await page.keyboard.press("Control+Enter")
        await page.locator(".log .lines", { hasText: "by keys" }).waitFor(PATIENCE)

        // Out of the editor, which takes Tab for itself.
        await page.keyboard.press("Escape")
        await page.keyboard.press("Shift+Tab")
        expect(await focused()).not.toMatch(/^Text of/)
        await page.evaluate(() => document.querySelector<HTMLElement>("select")!.focus())
        await page.keyboard.type("What is a heap")
        await page.waitForFunction(() => location.hash.startsWith("#lesson/"), undefined, PATIENCE)
        await page.locator(".lesson .guess input").waitFor(PATIENCE)
        await page.locator(".lesson .guess input").focus(PATIENCE)
        await page.keyboard.type("100")
        await page.keyboard.press("Enter")
        await page.getByText("The VM says").waitFor(PATIENCE)
    }, 180_000)

    test("has no gap in its figures after the tab was out of sight", async () => {
        await tab.show()
        await page.waitForFunction(
            () => heapscope.project.value?.entry === "src/main.ts" && heapscope.isRunning.value,
            undefined,
            PATIENCE,
        )
        const client = await page.context().newCDPSession(page)
        await client.send("Emulation.setFocusEmulationEnabled", { enabled: false })
        const other = await browser.newPage()
        await other.bringToFront()
        await client.send("Emulation.setCPUThrottlingRate", { rate: 4 })
        await other.waitForTimeout(4000)
        await client.send("Emulation.setCPUThrottlingRate", { rate: 1 })
        await page.bringToFront()
        await page.waitForTimeout(500)
        const distances = await page.evaluate(() => {
            const { samples } = heapscope.page.history.value!
            const atMs = Array.from(samples.atMs.slice(0, samples.length))
            return atMs.slice(1).map((ms, index) => ms - atMs[index]!)
        })
        expect(distances.length).toBeGreaterThan(30)
        expect(Math.max(...distances)).toBeLessThanOrEqual(100)
        await other.close()
    }, 120_000)

    test("runs in a world of the project's own, and says what is wrong with one", async () => {
        await tab.show()
        const world = page.getByRole("combobox", { name: "World" })
        expect(await world.inputValue()).toBe("none")
        const write = (text: string) =>
            page.evaluate(text => heapscope.edit("src/evening.scenario.json", text), text)
        await write('{ "steps": [{ "at": "1s", "wifi": "drop" }] }')
        await world.selectOption("src/evening.scenario.json")
        await page.waitForFunction(
            () => (heapscope.page.history.value?.nowMs ?? 0) > 1500,
            undefined,
            PATIENCE,
        )
        expect(await page.locator(".failure").count()).toBe(0)
        await write('{ "stepz": [] }')
        await page.getByRole("button", { name: "Stop", exact: true }).click()
        await page.getByRole("button", { name: "Run", exact: true }).click()
        await page
            .getByText(/evening\.scenario\.json:1: stepz: there is no stepz/)
            .waitFor(PATIENCE)
        await world.selectOption("strict")
        await page.getByRole("button", { name: "Stop", exact: true }).waitFor(PATIENCE)
        expect(await page.locator(".failure").count()).toBe(0)
    }, 120_000)
})
