import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import type { Snapshot } from "../../host/documents/snapshot"
import { BoardServer } from "../../host/simulator/served/tcp-server"
import { VirtualBoard, type VirtualBoardOptions } from "../../host/simulator/served/virtual-board"
import { build, vm } from "../vm/harness"
import type { BoardTab } from "./board-tab"
import { serveBoardTab } from "./board-tab-server"
import { barriersIn } from "./barriers"
import { startChromium } from "./chromium"
import { heapscopeHere } from "./command"
import { FakeSerial, type SerialEnd } from "./fake-serial"

declare const boardTab: BoardTab

/** The stories run always, the rest by `npm run test:long`. */
const IS_LONG = process.env["HEAPSCOPE_LONG"] === "1"
const PATIENCE = { timeout: 30_000 }
const PICO = "2e8a:000a"

let browser: Browser
let served: Awaited<ReturnType<typeof serveBoardTab>>
const closing: (() => unknown)[] = []

beforeAll(async () => {
    ;[browser, served] = await Promise.all([
        startChromium(),
        serveBoardTab(["still", "counting", "die-at-once"]),
    ])
}, 60_000)
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
    await browser?.close()
    await served?.close()
})

/** A Pico that is simulated in real time: with a program, or out of its box. */
async function pico(name?: string, options: Partial<VirtualBoardOptions> = {}) {
    const { heapBytes, configuration, features } = findBoard("pico")
    const bytecode = name === undefined ? undefined : (await build(name)).bytecode
    const board = new VirtualBoard(vm, {
        ...{ heapBytes, configuration, features, bootMs: 0, faultMs: 50 },
        ...(bytecode && { bytecode }),
        ...options,
    })
    board.powerOn()
    closing.push(() => board.powerOff())
    return board
}

/** The same board at an address, for the command line. */
async function atAddress(board: VirtualBoard): Promise<string> {
    const server = await BoardServer.start(board, { host: "127.0.0.1", port: 0 })
    closing.push(() => server.close())
    return server.address
}

/** A tab with serial ports. */
async function open(ends: SerialEnd[], options: BrowserContextOptions = {}) {
    // The chart asks for a language as soon as it is loaded, which a machine may not have.
    const as = { viewport: { width: 1280, height: 800 }, locale: "en-US" }
    const page = await browser.newPage({ ...as, ...options })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    page.on("request", asked => {
        if (!asked.url().startsWith(served.address)) problems.push(asked.url())
    })
    const ports = ends.map(end => ({ usb: PICO, end }))
    const serial = await FakeSerial.give(page, ports)
    await page.goto(served.address)
    await page.locator(".board-bar").waitFor(PATIENCE)
    return { page, problems, serial }
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click()
const deployButton = "Put this program on it"
const trouble = (page: Page) => page.locator(".board-bar [role=alert] .outcome").first()

/** What is told of what came to nothing. */
async function troubleIn(page: Page): Promise<string> {
    await trouble(page).waitFor(PATIENCE)
    return trouble(page).innerText()
}

/** The board is live in the tab: a line of its log is there. */
async function sees(page: Page, text: string | RegExp): Promise<void> {
    await page.locator(".lines", { hasText: text }).first().waitFor(PATIENCE)
}

/** Takes a snapshot in the tab. @returns what its panel of objects has */
async function snapshotIn(page: Page): Promise<Snapshot> {
    await press(page, "Snapshot")
    const isThere = () => {
        const { value: stage } = boardTab.board.stage
        return stage.kind === "watching" && stage.page.state.snapshot.value !== undefined
    }
    await expect.poll(() => page.evaluate(isThere), PATIENCE).toBe(true)
    return page.evaluate(() => {
        const { value: stage } = boardTab.board.stage
        if (stage.kind !== "watching") throw new Error(stage.kind)
        return stage.page.state.snapshot.value!.snapshot
    })
}

/** What does not depend on when, and by which program, it was taken. */
function timeless({ taken: _, ...snapshot }: Snapshot) {
    return { ...snapshot, program: { ...snapshot.program, entry: "" } }
}

describe("a real board in the tab, by Web Serial,", () => {
    test("is watched, given a program and looked into exactly, as by the command line", async () => {
        const board = await pico("counting")
        const twin = await pico("counting")
        const [address, twinAddress] = [await atAddress(board), await atAddress(twin)]
        const { page, problems, serial } = await open([board])
        const program = "test/vm/programs/still.ts"

        await press(page, "Choose its port")
        await sees(page, /count \d+/)
        expect(serial.asked[0]).toContain("2e8a")
        expect(await page.locator(".board-bar").innerText()).toContain("runs another program")

        await press(page, deployButton)
        await page.getByText(/is on the board at USB 2e8a:000a and runs/).waitFor(PATIENCE)
        await sees(page, "orders: 40")
        // The same outcome, word for word, of a board that was the same before.
        const { stdout, code } = await heapscopeHere(["deploy", program, "--port", twinAddress])
        expect(code).toBe(0)
        const told = await page.evaluate(() => boardTab.board.deployed.value!)
        const lines = stdout.split("\n").map(line => line.replace(/^[✓ ]+/, ""))
        const said = [told.headline, ...told.details]
        expect(said).toEqual(
            lines.slice(0, 3).map(line => line.replace(twinAddress, "USB 2e8a:000a")),
        )
        expect(said[1]).toMatch(/verified by the board, SHA-256 [0-9a-f]{64}$/)

        const inTab = await snapshotIn(page)
        const halted = /snapshot: the program stood still for [\d.]+ m?s/
        await sees(page, halted)
        // The panel has it, with the program's names.
        await page.locator("#view", { hasText: "Order" }).waitFor(PATIENCE)
        expect(problems).toEqual([])

        // The very board, from the command line: nothing on it is new to it.
        await press(page, "Disconnect")
        await page.getByRole("button", { name: /^Watch USB 2e8a:000a/ }).waitFor(PATIENCE)
        const at = ["--port", address, "--json"]
        const taken = await heapscopeHere(["snapshot", "--program", program, ...at])
        expect(taken.stderr).toBe("")
        const byCommand = JSON.parse(taken.stdout) as Snapshot
        expect(timeless(inTab)).toEqual(timeless(byCommand))
        expect(byCommand.heap.reach).toBeUndefined()
        const again = await heapscopeHere(["deploy", program, ...at])
        expect(JSON.parse(again.stdout)).toMatchObject({
            ...{ changed: false, running: true, board: "pico" },
            sha256: byCommand.program.sha256,
        })

        // And once more in the tab, without choosing its port.
        await press(page, /^Watch USB 2e8a:000a/)
        await press(page, "Exact")
        await sees(page, /exact figures: the program stood still for/)
        expect(await page.locator(".board-bar").innerText()).not.toContain("another program")
        expect(problems).toEqual([])
    })

    test("goes away and comes back: each time what to do is said, and it goes on by itself", async () => {
        const board = await pico("counting")
        const { page, problems, serial } = await open([board])
        await page.evaluate(() => (boardTab.program = "counting"))
        await press(page, "Choose its port")
        await sees(page, /count \d+/)
        expect(await page.locator(".board-bar").innerText()).not.toContain("another program")

        serial.pull(0)
        expect(await troubleIn(page)).toMatch(/^The board is gone\. It was unplugged or reset/)
        serial.plugIn(0)
        await trouble(page).waitFor({ ...PATIENCE, state: "detached" })
        const seen = await counted(page)
        await expect.poll(() => counted(page), PATIENCE).toBeGreaterThan(seen)

        // Another tab has the port.
        await press(page, "Disconnect")
        serial.take(0, true)
        const watch = /^Watch USB 2e8a:000a/
        await press(page, watch)
        expect(await troubleIn(page)).toMatch(
            /^The port cannot be opened\. USB 2e8a:000a cannot be opened: .*Is another program using it, or another tab\?/,
        )
        serial.take(0, false)
        await press(page, watch)
        await sees(page, /count \d+/)
        expect(await trouble(page).count()).toBe(0)

        // The cable is pulled in the middle of a deployment.
        await page.evaluate(() => (boardTab.program = "still"))
        serial.cutAfterBytes = 1500
        await press(page, deployButton)
        expect(await troubleIn(page)).toMatch(
            /^(The connection was lost|The program did not get there)\. The (connection|board) /,
        )
        serial.plugIn(0)
        await press(page, deployButton)
        await page.getByText(/still\.ts is on the board at .* and runs/).waitFor(PATIENCE)
        await sees(page, "orders: 40")
        expect(problems).toEqual([])
    })

    test("is refused with a reason: nothing chosen, nothing there, other firmware, a program that does not fit or die", async () => {
        const old = await pico("counting", { runtimeVersion: "1.9.0" })
        const silent: SerialEnd = {
            plug: () => undefined,
            unplug: () => undefined,
            receive: () => undefined,
        }
        const { page, problems } = await open([silent])
        await press(page, "Choose its port")
        await page.getByText("Connecting to USB 2e8a:000a").waitFor(PATIENCE)
        expect(await troubleIn(page)).toMatch(
            /^No DeviceScript board answers\. Nothing at USB 2e8a:000a speaks .*heapscope flash.*choose another/,
        )
        const none = await open([])
        await press(none.page, "Choose its port")
        expect(await troubleIn(none.page)).toMatch(/^No port was chosen\. .*not plugged in/)

        const other = await open([old])
        await press(other.page, "Choose its port")
        await sees(other.page, /firmware has DeviceScript 1\.9\.0/)
        await press(other.page, deployButton)
        const refused = await troubleIn(other.page)
        // The words of the command line.
        const at = ["--port", await atAddress(old)]
        await other.page.locator(".lines", { hasText: /count/ }).waitFor(PATIENCE)
        expect(refused).toMatch(/^Other firmware\. .*1\.9\.0, which does not take a program/)
        expect(await trouble(other.page).innerText()).toBe(refused)
        await press(other.page, "Disconnect")
        const byCommand = await heapscopeHere(["deploy", "test/vm/programs/still.ts", ...at])
        const said = byCommand.stderr.trim().replace(/^heapscope: /, "")
        expect(`Other firmware. ${said}`).toBe(refused)

        const fresh = await open([await pico()])
        await press(fresh.page, "Choose its port")
        await fresh.page.getByText("and no program yet: deploy one").waitFor(PATIENCE)
        await fresh.page.evaluate(() => (boardTab.program = "missing"))
        await press(fresh.page, deployButton)
        expect(await troubleIn(fresh.page)).toContain("missing does not compile")
        await fresh.page.evaluate(() => (boardTab.program = "die-at-once"))
        await press(fresh.page, deployButton)
        await fresh.page
            .getByText(/die-at-once\.ts is on the board .* died at once/)
            .waitFor(PATIENCE)
        for (const { problems: found } of [other, fresh, none]) problems.push(...found)
        expect(problems).toEqual([])
    })

    test("is broken off, and left in order", async () => {
        // It takes its time with every answer.
        const board = await pico("still", { hashUsPerByte: 300 })
        const { page, problems } = await open([board])
        await page.evaluate(() => (boardTab.program = "counting"))
        await press(page, deployButton)
        await press(page, "Break off")
        expect(await troubleIn(page)).toMatch(/^Broken off\. The board /)
        expect(problems).toEqual([])
    })

    test("needs a browser that has serial ports, and says which do", async () => {
        const page = await browser.newPage({ locale: "en-US" })
        await page.addInitScript("delete Navigator.prototype.serial")
        await page.goto(served.address)
        expect(await troubleIn(page)).toMatch(
            /no Web Serial\. .*Chrome and Edge from version 89, and Opera from version 76, on a computer, do/,
        )
        expect(await page.getByRole("button").count()).toBe(0)
    })

    test.each(IS_LONG ? (["dark", "light"] as const) : (["dark"] as const))(
        "can be used by all, %s, on any screen",
        async colorScheme => {
            const { page } = await open([await pico("still")], { colorScheme })
            await page.keyboard.press("Tab")
            await page.keyboard.press("Enter")
            await page.locator(".bar").waitFor(PATIENCE)
            await page.keyboard.press("s")
            await sees(page, /exact figures/)
            for (const width of [390, 1280, 2560]) {
                await page.setViewportSize({ width, height: 800 })
                expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width)
            }
            expect(await barriersIn(page)).toEqual([])
        },
    )
})

/** The last number that the board was seen to count. */
async function counted(page: Page): Promise<number> {
    const text = await page.locator(".lines").innerText()
    return Math.max(0, ...[...text.matchAll(/count (\d+)/g)].map(([, count]) => Number(count)))
}
