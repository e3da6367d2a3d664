import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { VirtualBoard } from "../../host/simulator/served/virtual-board"
import { vm } from "../vm/harness"
import { startChromium } from "./chromium"
import { FakeSerial } from "./fake-serial"
import { ServedSite } from "./playground/served-site"

const PATIENCE = { timeout: 60_000 }
const PICO = "2e8a:000a"

let browser: Browser
let board: VirtualBoard
let site: ServedSite
beforeAll(async () => {
    site = await ServedSite.start()
    browser = await startChromium()
    const { heapBytes, configuration, features } = findBoard("pico")
    board = new VirtualBoard(vm, { heapBytes, configuration, features, bootMs: 0 })
    board.powerOn()
}, 60_000)
afterAll(async () => {
    board?.powerOff()
    await browser?.close()
    await site?.close()
})

test("the playground puts its program on a real board in place of the simulated one, and comes back", async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    await FakeSerial.give(page, [{ usb: PICO, end: board }])
    await page.goto(site.address)
    const press = (name: string | RegExp) => page.getByRole("button", { name }).click(PATIENCE)

    await press("Real board")
    await press("Choose its port")
    await page.getByText("and no program yet: deploy one").waitFor(PATIENCE)
    await press("Put this program on it")
    await page
        .getByText(/src\/main\.ts is on the board at USB 2e8a:000a and runs/)
        .waitFor(PATIENCE)
    await page.locator(".bar", { hasText: "USB 2e8a:000a" }).waitFor(PATIENCE)
    await press("Snapshot")
    await page.getByText(/snapshot: the program stood still for/).waitFor(PATIENCE)
    expect(board.simulated.death).toBeUndefined()

    await press("Real board")
    await page.getByRole("button", { name: "Stop", exact: true }).waitFor(PATIENCE)
    await page.locator(".figure .value").first().waitFor(PATIENCE)
    expect(problems).toEqual([])
})
