import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import type { Firmware } from "../../host/boards/images/firmware"
import { prepareFirmware } from "../../host/boards/images/prepare-firmware"
import { readUf2 } from "../../host/boards/images/uf2"
import { findBoard } from "../../host/boards/node/find-board"
import { VirtualBoard } from "../../host/simulator/served/virtual-board"
import { code, espFlash, espImage, rp2040Uf2 } from "../host/boards/images/make-firmware"
import { build, vm } from "../vm/harness"
import { SimulatedChip } from "../vm/link/simulated-chip"
import { barriersIn } from "./barriers"
import { startChromium } from "./chromium"
import { heapscopeHere } from "./command"
import { FakeSerial, type SerialEnd } from "./fake-serial"
import { ServedPage } from "./served-page"

/** The stories run always, the rest by `npm run test:long`. */
const IS_LONG = process.env["HEAPSCOPE_LONG"] === "1"
const PATIENCE = { timeout: 30_000 }
const C3 = "303a:1001"
const PICO = "2e8a:420a"
const INFO = "UF2 Bootloader v3.0\nModel: Raspberry Pi RP2\nBoard-ID: RPI-RP2\n"

let browser: Browser
let folder: string
let served: ServedPage
let bytecode: Uint8Array
let uf2: string
let bin: string
const closing: (() => unknown)[] = []

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-flash-page-"))
    uf2 = join(folder, "fw.uf2")
    bin = join(folder, "c3.bin")
    writeFileSync(uf2, rp2040Uf2())
    const app = espImage({
        chipId: 5,
        segments: [{ address: 0x40080000, bytes: code(40_000) }],
    })
    writeFileSync(bin, espFlash(findBoard("esp32c3_bare"), { app }))
    bytecode = (await build("devs/station/reporting.ts")).bytecode
    ;[browser, served] = await Promise.all([startChromium(), ServedPage.start(["flash"])])
}, 60_000)
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
    expect(await served?.quit()).toBe(130)
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
})

/** A tab with these ports; a board and a file of firmware are chosen in it. */
async function open(ports: { usb: string; end: SerialEnd }[], board?: string, firmware?: string) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    const serial = await FakeSerial.give(page, ports)
    await page.goto(served.address)
    if (board !== undefined) await page.getByRole("combobox").selectOption(board)
    if (firmware !== undefined) {
        await page.getByRole("radio", { name: "a file of mine" }).check()
        await page.locator('input[type="file"]').setInputFiles(firmware)
    }
    return { page, problems, serial }
}

function newChip(id = "esp32c3_bare"): SerialEnd & { simulated: SimulatedChip } {
    const simulated = new SimulatedChip(id, bytecode)
    closing.push(() => simulated.powerOff())
    return {
        simulated,
        plug: cable => simulated.plug(cable),
        unplug: () => simulated.unplug(),
        receive: bytes => simulated.receive(bytes),
        setLines: lines => simulated.chip.setLines(lines),
    }
}

/** The board is live in the tab: what its program says comes. */
async function seesBoard(page: Page, board: string): Promise<void> {
    await page.locator(".bar", { hasText: board }).waitFor(PATIENCE)
    await page.locator(".lines", { hasText: "table" }).waitFor(PATIENCE)
}

/** What the command would write. */
function preparedFor(id: string, path: string): Promise<Firmware> {
    return prepareFirmware(readFileSync(path), { name: "fw", board: findBoard(id), erase: false })
}

const alertOf = (page: Page) => page.getByRole("alert").filter({ hasText: /\w/ })
const flashButton = (page: Page) => page.getByRole("button", { name: "Choose the port and flash" })

/** The loader's patience is real time: on a machine with other things to do it may end before the chip answers. */
const TRIES = 3

/** Flashes, again where the chip answered too late, until something else is told or the board has it. */
async function flashIt(page: Page, before: () => void = () => undefined): Promise<void> {
    for (let i = 1; ; i++) {
        before()
        await flashButton(page).click()
        // Nothing of what was told before is there any more.
        await flashButton(page).waitFor({ ...PATIENCE, state: "detached" })
        const outcome = page.locator('[role="alert"]:not(:empty), .outcome.good, .bar')
        await outcome.first().waitFor(PATIENCE)
        const isLate = await page.getByText("No boot ROM answers").isVisible()
        if (!isLate || i === TRIES) return
    }
}

describe("an ESP32 by Web Serial", () => {
    test("out of its box: a cable that is pulled in the middle, then written, verified, restarted, and live in the tab", async () => {
        const chip = newChip()
        const { page, problems, serial } = await open(
            [
                { usb: "1234:5678", end: newChip() },
                { usb: C3, end: chip },
            ],
            "esp32c3_bare",
            bin,
        )
        await page.getByText("is whole, and for this chip").waitFor(PATIENCE)
        expect(await page.getByRole("row").allInnerTexts()).toContain(
            "0x9000\tconfiguration\t671 B",
        )
        // More than the loader for the chip's RAM, and less than both.
        await flashIt(page, () => (serial.cutAfterBytes = 40_000))
        const told = alertOf(page)
        await told.waitFor(PATIENCE)
        expect(await told.innerText()).toMatch(
            /broke off: the port went away: was the cable pulled\? [\d.]+ % was written: it has no whole firmware now.*boot ROM is part of the chip.*Then flash again/,
        )
        serial.plugIn(1)
        await flashIt(page)
        await seesBoard(page, "esp32c3_bare")
        // The heap itself, read exactly: over this wire that takes its time.
        await page.locator(".figure").first().waitFor({ timeout: 60_000 })
        expect(await page.locator(".figure .value").first().innerText()).toMatch(/^[\d,.]+ k?B$/)
        expect(new Set(serial.asked.flat())).toEqual(new Set([C3]))
        const { file } = await preparedFor("esp32c3_bare", bin)
        const { flash } = chip.simulated
        expect(Buffer.compare(flash.bytes.subarray(0, file.length), file)).toBe(0)
        // While it is watched, too: it goes on when the board is there again.
        const isLost = page.locator(".told.bad", { hasText: `USB ${C3} is lost` })
        serial.pull(1)
        await isLost.waitFor(PATIENCE)
        serial.plugIn(1)
        await isLost.waitFor({ ...PATIENCE, state: "detached" })
        expect(problems).toEqual([])
    })

    test.runIf(IS_LONG).each([
        ["esp32_devkit_c", "10c4:ea60", "10c4:ea60"],
        ["esp32s2_bare", "303a:0002", "303a:4001"],
        ["esp32s3_bare", "303a:1001", "303a:4001"],
    ])(
        "an %s, whose boot ROM is %s and whose firmware %s, is live in the tab",
        async (id, rom, running) => {
            const file = join(folder, `${id}.bin`)
            writeFileSync(file, espFlash(findBoard(id)))
            const end = newChip(id)
            const { chip } = end.simulated
            const ports = [{ usb: rom, end }]
            // Its firmware has a port of its own, and its buttons have to be pressed.
            if (rom !== running) {
                chip.resetByHand({ boot: true })
                ports.push({ usb: running, end })
            }
            const { page, problems, serial } = await open(ports, id, file)
            await flashIt(page)
            if (rom !== running) {
                await page.getByText("has its firmware, and has verified it").waitFor(PATIENCE)
                chip.resetByHand()
                await page.getByRole("button", { name: "Choose its port and watch" }).click()
            }
            await seesBoard(page, id)
            expect(serial.bauds).toContain(rom === running ? 460_800 : 115_200)
            expect(problems).toEqual([])
        },
    )

    test.runIf(IS_LONG)("what is broken off by hand is told, and what the board has", async () => {
        const { page } = await open([{ usb: C3, end: newChip() }], "esp32c3_bare", bin)
        await flashButton(page).click()
        await page.getByRole("button", { name: "Break off" }).click()
        await alertOf(page).waitFor(PATIENCE)
        expect(await alertOf(page).innerText()).toMatch(/broke off: it was interrupted\. /)
        await flashIt(page)
        await seesBoard(page, "esp32c3_bare")
    })

    test.runIf(IS_LONG)(
        "what is not for the board is refused before anything is asked or written",
        async () => {
            const chip = newChip()
            const { page, serial } = await open([{ usb: C3, end: chip }], "esp32c3_bare", uf2)
            const refusal = page.locator(".panel .bad").filter({ hasText: /\w/ })
            await refusal.waitFor(PATIENCE)
            expect(await refusal.innerText()).toBe(
                "fw.uf2 is not written to any board: it is a UF2 file, and a Espressif ESP32-C3 (bare) takes an image of its flash (.bin).",
            )
            expect(await flashButton(page).isDisabled()).toBe(true)
            const damaged = join(folder, "damaged.bin")
            writeFileSync(damaged, readFileSync(bin).fill(0x55, 0x10100, 0x10110))
            await page.locator('input[type="file"]').setInputFiles(damaged)
            await refusal.filter({ hasText: "damaged.bin" }).waitFor(PATIENCE)
            // For the board, and another chip is at the end of the cable.
            await page.getByRole("combobox").selectOption("esp32s3_bare")
            const other = join(folder, "s3.bin")
            writeFileSync(other, espFlash(findBoard("esp32s3_bare")))
            await page.locator('input[type="file"]').setInputFiles(other)
            await page.getByText("is whole, and for this chip").waitFor(PATIENCE)
            await flashButton(page).click()
            await alertOf(page).waitFor(PATIENCE)
            expect(await alertOf(page).innerText()).toMatch(
                /The chip at USB 303a:1001 is an ESP32-C3, and a .*ESP32-S3.* has an .*Nothing was written/,
            )
            // Nothing is there that the board could be.
            await page.getByRole("combobox").selectOption("esp32s2_bare")
            const s2 = join(folder, "s2.bin")
            writeFileSync(s2, espFlash(findBoard("esp32s2_bare")))
            await page.locator('input[type="file"]').setInputFiles(s2)
            await page.getByText("is whole, and for this chip").waitFor(PATIENCE)
            await flashButton(page).click()
            await page.getByText("No port was chosen: nothing was done.").waitFor(PATIENCE)
            expect(serial.asked).toEqual([["303a:1001"], ["303a:0002"]])
            expect(new Set(chip.simulated.flash.bytes)).toEqual(new Set([0xff]))
        },
    )
})

/** The drive of a Pico, in the browser's own file system: it goes when it has a whole file, as with the boot ROM. */
async function plugInDrive(page: Page, { info = INFO, takes = true } = {}): Promise<void> {
    await page.evaluate(`(async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("RPI-RP2", { create: true })
        const file = await folder.getFileHandle("INFO_UF2.TXT", { create: true })
        const out = await file.createWritable()
        await out.write(${JSON.stringify(info)})
        await out.close()
        window.showDirectoryPicker = async () => folder
        let isTaken = false
        const timer = setInterval(async () => {
            const copied = await folder.getFileHandle("firmware.uf2").then(file => file.getFile()).catch(() => undefined)
            if (!copied?.size || !${takes} || isTaken) return
            isTaken = true
            clearInterval(timer)
            window.__copied = [...new Uint8Array(await copied.arrayBuffer())]
            await folder.removeEntry("INFO_UF2.TXT")
        }, 20)
    })()`)
}

describe("an RP2040 by its drive", () => {
    const writeButton = (page: Page) => page.getByRole("button", { name: /Choose the drive/ })

    test("another chip's drive and a folder that is none are refused; its own gets the checked file, and the board is live in the tab", async () => {
        const { heapBytes, configuration, features } = findBoard("pico")
        const board = new VirtualBoard(vm, {
            ...{ bytecode, heapBytes, configuration, features, bootMs: 0 },
        })
        closing.push(() => board.powerOff())
        const { page, problems, serial } = await open([{ usb: PICO, end: board }], "pico", uf2)
        await page.getByText("is whole, and for this chip").waitFor(PATIENCE)
        expect(await barriersIn(page)).toEqual([])
        const told = async (text: RegExp) => {
            await writeButton(page).click()
            await page.getByRole("alert").filter({ hasText: text }).waitFor(PATIENCE)
        }
        await plugInDrive(page, { info: INFO.replaceAll("RPI-RP2", "RP2350"), takes: false })
        await told(/of another chip \(RP2350\).*Nothing was written/)
        await plugInDrive(page, { info: "nothing", takes: false })
        await told(/RPI-RP2 is not the drive of a board in its boot mode.*Hold BOOTSEL/)
        await page.evaluate(
            `window.showDirectoryPicker = async () => { throw new DOMException("The user aborted a request.", "AbortError") }`,
        )
        await told(/No drive was chosen: nothing was done/)
        await plugInDrive(page)
        await page.evaluate(`(() => {
            const { prototype } = FileSystemFileHandle
            const { createWritable } = prototype
            prototype.createWritable = async () => {
                prototype.createWritable = createWritable
                throw new DOMException("It is full.", "QuotaExceededError")
            }
        })()`)
        await told(/broke off: it is full. Nothing was written: the board is as it was/)
        await writeButton(page).click()
        await page.getByText("has left its drive").waitFor(PATIENCE)
        const copied = Uint8Array.from((await page.evaluate("window.__copied")) as number[])
        expect(Buffer.compare(copied, (await preparedFor("pico", uf2)).file)).toBe(0)
        expect(readUf2(copied, "copied", 0xe48bff56).length).toBeGreaterThan(0)
        board.powerOn()
        await page.getByRole("button", { name: "Choose its port and watch" }).click()
        await seesBoard(page, "pico")
        expect(serial.asked).toEqual([[PICO]])
        expect(problems).toEqual([])
    })
})

describe("who opens the page", () => {
    test.runIf(IS_LONG)(
        "without what the browser lacks is told who has it, and can save the checked file",
        async () => {
            const page = await browser.newPage()
            await page.addInitScript(
                "delete Navigator.prototype.serial; delete window.showDirectoryPicker; Window.prototype.showDirectoryPicker = undefined",
            )
            await page.goto(served.address)
            await page.getByRole("combobox").selectOption("esp32c3_bare")
            await page.getByText("Web Serial").waitFor(PATIENCE)
            const text = await page.locator("main").innerText()
            expect(text).toContain("Chrome, Edge and Opera on a computer do")
            expect(text).toContain("heapscope flash --board esp32c3_bare")
            await page.getByRole("combobox").selectOption("pico")
            await page.getByText("File System Access").waitFor(PATIENCE)
            await page.getByRole("radio", { name: "a file of mine" }).check()
            await page.locator('input[type="file"]').setInputFiles(uf2)
            const saved = page.waitForEvent("download")
            await page.getByRole("button", { name: "Save the file instead" }).click()
            const download = await saved
            expect(download.suggestedFilename()).toBe("pico.uf2")
            const { file } = await preparedFor("pico", uf2)
            const place = join(folder, "saved.uf2")
            await download.saveAs(place)
            expect(Buffer.compare(readFileSync(place), file)).toBe(0)
        },
    )

    test.runIf(IS_LONG)(
        "can read it, at any width, dark and light, and do all by keyboard; nothing large is loaded at first",
        async () => {
            for (const colorScheme of ["dark", "light"] as const) {
                const page = await browser.newPage({ colorScheme })
                const serial = await FakeSerial.give(page, [])
                let bytes = 0
                page.on(
                    "response",
                    answer => void (bytes += Number(answer.headers()["content-length"] ?? 0)),
                )
                await page.goto(served.address)
                await page.getByRole("combobox").focus()
                await page.keyboard.type("Espressif ESP32-C3")
                expect(await page.getByRole("combobox").inputValue()).toBe("esp32c3_bare")
                // Nothing is compressed on the way.
                expect(bytes).toBeLessThan(150_000)
                await page.keyboard.press("Tab")
                await page.keyboard.press("ArrowRight")
                await page.locator('input[type="file"]').setInputFiles(bin)
                await page.getByText("is whole, and for this chip").waitFor(PATIENCE)
                for (const width of [390, 1280]) {
                    await page.setViewportSize({ width, height: 800 })
                    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width)
                }
                await page.locator('input[type="file"]').focus()
                for (let i = 0; i < 2; i++) await page.keyboard.press("Tab")
                await page.keyboard.press("Enter")
                await page.getByText("No port was chosen").waitFor(PATIENCE)
                expect(serial.asked).toEqual([[C3]])
                expect(await barriersIn(page)).toEqual([])
            }
        },
    )

    test("has its token: nobody else gets firmware, or any file of this machine", async () => {
        const { origin, hash } = new URL(served.address)
        const status = async (path: string, headers = {}) =>
            (await fetch(`${origin}/${path}`, { headers })).status
        const own = { Authorization: `Bearer ${hash.slice(1)}` }
        expect(await status("offer")).toBe(403)
        expect(await status("offer", { Authorization: "Bearer x" })).toBe(403)
        expect(await status("firmware?board=pico")).toBe(403)
        expect(await status("offer", own)).toBe(200)
        expect(await status("..%2f..%2fpackage.json", own)).toBe(404)
        const answer = await fetch(`${origin}/firmware?board=../../etc/passwd`, { headers: own })
        expect(answer.status).toBe(422)
        expect(await answer.json()).toMatchObject({ error: { code: "E_UNKNOWN_BOARD" } })
        const { boards } = (await (await fetch(`${origin}/offer`, { headers: own })).json()) as {
            boards: object[]
        }
        expect(boards.length).toBeGreaterThan(10)
        expect(JSON.stringify(boards)).not.toContain(process.cwd())
    })

    test.each([
        [["--volume", "/x"], "--volume does not go with --web"],
        [["--no-confirm"], "--no-confirm does not go with --web"],
        [["--board", "pcio"], 'no board "pcio"'],
    ])("names %j in vain: exit code 2", async (args, message) => {
        const { code, stderr } = await heapscopeHere(["flash", "--web", ...args])
        expect(code).toBe(2)
        expect(stderr).toContain(message)
    })
})
