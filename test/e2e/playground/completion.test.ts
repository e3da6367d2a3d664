import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { startChromium } from "../chromium"
import { ServedSite } from "./served-site"

/** In the page. */
declare const heapscope: PlaygroundState

const PATIENCE = { timeout: 60_000 }

let site: ServedSite
let browser: Browser
beforeAll(async () => {
    site = await ServedSite.start()
    browser = await startChromium()
}, 60_000)
afterAll(async () => {
    await browser?.close()
    await site?.close()
})

test("the editor completes names of the program and of DeviceScript, and says what does not compile", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    await page.goto(site.address)
    const text = page.getByRole("textbox", { name: "Text of src/main.ts" })
    await text.waitFor(PATIENCE)
    await page.locator(".figure .value").first().waitFor(PATIENCE)
    // Who only looks pays for no compiler; it is there when he is done with what he types.
    const compilers = () => page.workers().filter(worker => /compiler/.test(worker.url())).length
    expect(compilers()).toBe(0)
    await text.click(PATIENCE)
    await expect.poll(compilers, PATIENCE).toBe(1)
    await page.keyboard.press("Control+End")
    await page.keyboard.type("\norders[0].")
    const offered = page.getByRole("option")
    await offered
        .filter({ hasText: /^table/ })
        .first()
        .waitFor(PATIENCE)
    await page.keyboard.type("ta")
    await page.keyboard.press("Enter")
    await page.waitForFunction(
        () => heapscope.project.value!.files["src/main.ts"]!.endsWith("orders[0].table"),
        undefined,
        PATIENCE,
    )
    await page.keyboard.type("\nconst label: number = new Tempera")
    await offered
        .filter({ hasText: /^Temperature/ })
        .first()
        .waitFor(PATIENCE)
    await page.keyboard.press("Escape")
    // What was typed is no class: the compiler says so at its line.
    await page
        .getByText(/main\.ts:\d+/, { exact: false })
        .first()
        .waitFor(PATIENCE)
    await page.waitForFunction(() => heapscope.problems.length > 0, undefined, PATIENCE)

    // The package's own names and paths, as where it is installed.
    await page.evaluate(() => heapscope.edit("src/main.ts", ""))
    await page.getByRole("textbox", { name: "Text of src/main.ts" }).click(PATIENCE)
    await page.keyboard.type('import "heapscope/dev')
    await offered.filter({ hasText: /^devs/ }).first().waitFor(PATIENCE)
    await page.keyboard.type('s/agent/start"\nimport { RingBuffer } from "heapscope"\n')
    await page.keyboard.type("const last = new RingBuffer(4, 3)\nlast.pushA")
    await offered
        .filter({ hasText: /^pushAll/ })
        .first()
        .waitFor(PATIENCE)
    await page.keyboard.press("Escape")
    await page.keyboard.type('ll("late")\n')
    await page.getByText("Argument of type 'string' is not assignable").first().waitFor(PATIENCE)
    expect(await page.evaluate(() => heapscope.problems.map(({ line }) => line))).toEqual([4])
    expect(problems).toEqual([])
    await page.close()
}, 180_000)
