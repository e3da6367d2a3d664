import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { formatBytesExact } from "../../host/base/format-units"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { takeSnapshots } from "../../host/tasks/take-snapshots"
import { build, vm } from "../vm/harness"
import { startChromium } from "./chromium"
import { ServedPage } from "./served-page"

const ENTRY = "devs/station/reporting.ts"
const PATIENCE = { timeout: 20_000 }

let browser: Browser
let served: ServedPage

beforeAll(async () => {
    await build(ENTRY)
    browser = await startChromium()
}, 60_000)
afterEach(async () => {
    await served?.quit()
    for (const context of browser.contexts()) await context.close()
})
afterAll(() => browser?.close())

describe("time travel on the page", () => {
    test("leads to any moment, which is as a run that stops there has it", async () => {
        served = await ServedPage.start(["watch", ENTRY, "--seed", "5"])
        const { page, problems } = await served.open(browser)
        await page.locator(".lines p").nth(2).waitFor(PATIENCE)
        const figure = (title: string) =>
            page.locator(".figure", { hasText: title }).first().locator(".value").innerText()
        const where = page.locator(".where")
        const goTo = async (text: string, arrives: string | RegExp) => {
            await page.locator(".transport input[type=text]").fill(text)
            await page.getByRole("button", { name: "Go", exact: true }).click()
            await page.locator(".where", { hasText: arrives }).waitFor(PATIENCE)
        }

        // Four seconds at least: on a busy machine the first that is seen may be later than nine.
        const late = /^([4-9]|\d\d)(\.\d)? s$|^\d+ m\b/
        await page.locator(".moment strong", { hasText: late }).waitFor(PATIENCE)

        // The nth allocation has the figures that the command line gives for it.
        await goTo("#900", "allocation 900")
        const [taken] = await snapshotAt({ kind: "allocation", number: 900 })
        expect(await figure("Used")).toBe(formatBytesExact(taken!.heap.usedBytes))
        expect(await figure("Live")).toBe(formatBytesExact(taken!.heap.liveBytes))
        expect(await where.innerText()).toMatch(/made a block of \d+ B \(.+\)/)

        // A step on and back, by button and by key.
        await page.getByRole("button", { name: "an allocation on" }).click()
        await page.locator(".where", { hasText: "allocation 901" }).waitFor(PATIENCE)
        await page.keyboard.press(",")
        await page.keyboard.press(",")
        await page.locator(".where", { hasText: "allocation 899" }).waitFor(PATIENCE)
        await page.keyboard.press("]")
        await page.locator(".where", { hasText: "right after it" }).waitFor(PATIENCE)
        // Nothing but what lives is left.
        expect(await figure("Used")).toBe(await figure("Live"))

        // From a line of the log, a block, to what made it.
        const line = page.locator(".lines p", { hasText: "#1 table" }).first()
        await line.getByRole("button").click()
        await page.locator(".moment strong", { hasText: /ms$/ }).waitFor(PATIENCE)
        const map = page.locator("canvas.map")
        await map.focus()
        for (let i = 0; i < 40; i++) await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Enter")
        await page.getByRole("button", { name: /Go to (what made it|when this hole)/ }).click()
        await page.locator(".where", { hasText: /made a|right after|give back/ }).waitFor(PATIENCE)

        const shot = process.env.HEAPSCOPE_SHOTS
        if (shot) await page.screenshot({ path: join(shot, "travel.png"), fullPage: true })
        await goTo("gc 99999", /./)
        await page.getByText(/the run has had \d+ so far/).waitFor(PATIENCE)
        await page.locator(".transport input[type=text]").fill("yesterday")
        await page.getByRole("button", { name: "Go", exact: true }).click()
        await page.getByText("That is no moment").waitFor(PATIENCE)

        // The run has gone on; now is live again.
        await page.getByRole("button", { name: "Live", exact: true }).click()
        await page.locator(".moment", { hasText: "now" }).waitFor(PATIENCE)
        const [before, after] = [await moment(page), await later(page)]
        expect(after).not.toBe(before)
        expect(problems).toEqual([])
    })
})

async function snapshotAt(moment: { kind: "allocation"; number: number }) {
    const libraries = loadWorldLibraries()
    const { snapshots } = await takeSnapshots(
        vm,
        {
            ...{ program: await build(ENTRY), board: findBoard("pico"), seed: 5, forMs: 60_000 },
            makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
        },
        [moment],
    )
    return snapshots.map(
        snapshot => snapshot && { heap: snapshot.heap as { usedBytes: number; liveBytes: number } },
    )
}

function moment(page: Page): Promise<string> {
    return page.locator(".moment strong").innerText()
}

async function later(page: Page): Promise<string> {
    await page.waitForTimeout(1_000)
    return moment(page)
}
