import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Browser, Download, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { WebSocket } from "ws"
import { packageRoot } from "../../host/base/node/package-root"
import { parseSnapshot } from "../../host/analysis/snapshot/snapshot-file"
import type { LessonsReport } from "../../host/documents/lessons-report"
import type { SimReport } from "../../host/documents/sim-report"
import { sealLine } from "../../host/recording/recording-line"
import { RecordingReader } from "../../host/recording/node/recording-reader"
import { formatBytesExact } from "../../host/base/format-units"
import { build } from "../vm/harness"
import { barriersIn } from "./barriers"
import { startChromium } from "./chromium"
import { CLI } from "./terminal"

const BROWSER_MS = 60_000

let browser: Browser
let folder: string
let served: { command: ChildProcess; address: string; port: number; token: string } | undefined

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-page-"))
    await build("devs/station/reporting.ts")
    browser = await startChromium()
}, BROWSER_MS)
afterEach(async () => {
    await quit()
    for (const context of browser.contexts()) await context.close()
})
afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
})

describe("the page of a simulated board", () => {
    test("shows the figures of the run, of now and of any moment, and what was said of it", async () => {
        const recording = join(folder, "station.ndjson")
        const args = ["devs/station/reporting.ts", "--for", "4s", "--record", recording]
        await serve("watch", ...args)
        const { page, problems } = await open()
        await page.getByText("the end").waitFor({ timeout: 20_000 })
        const samples = [...new RecordingReader(recording).events()].filter(
            event => event.kind === "sample",
        )
        const figure = (title: string) =>
            page.locator(".figure", { hasText: title }).first().locator(".value").innerText()
        const last = samples.at(-1)!
        expect(await figure("Live")).toBe(formatBytesExact(last.liveBytes))
        expect(await figure("Used")).toBe(formatBytesExact(last.usedBytes))
        const most = Math.max(...samples.map(({ usedBytes }) => usedBytes))
        expect(await figure("High-water mark")).toBe(formatBytesExact(most))
        await page.locator(".verdict h2", { hasText: "ran 4" }).waitFor()

        // Everything follows the moment that is looked at.
        const first = await page.locator(".lines p").first().innerText()
        await page.keyboard.press("Home")
        expect(await figure("Used")).toBe(formatBytesExact(samples[0]!.usedBytes))
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("ArrowRight")
        expect(await figure("Used")).toBe(formatBytesExact(samples[2]!.usedBytes))
        expect(await page.locator(".lines p").count()).toBeLessThan(30)
        expect(await page.locator(".lines p").first().innerText()).toBe(first)
        await page.keyboard.press("End")
        expect(await figure("Used")).toBe(formatBytesExact(last.usedBytes))

        // By kind, the bytes of all blocks in use are the bytes used.
        const kinds = await page.locator('section[aria-label="By kind"] tbody tr').all()
        const used = await Promise.all(kinds.map(row => row.locator("td").nth(2).innerText()))
        const bytes = used.map(text => Number(text.replace(/\D/g, "")))
        expect(bytes.reduce((sum, each) => sum + each, 0)).toBe(last.usedBytes)

        // The map has its blocks in colours, and names them by the keyboard.
        await page.locator("canvas.map").focus()
        await page.keyboard.press("ArrowRight")
        expect(await page.locator(".block").innerText()).toMatch(
            /, [\d,]+ B, (live|garbage|a hole), at \+/,
        )
        expect(await colorsOf(page)).toBeGreaterThan(4)
        expect(await page.locator("table", { hasText: "waiting" }).count()).toBe(1)

        // The keys are listed on `?`, and choose what is shown.
        await page.keyboard.press("?")
        await page.getByRole("dialog").getByText("the first moment").waitFor()
        await page.keyboard.press("Escape")
        expect(await page.getByRole("dialog").count()).toBe(0)
        await page.keyboard.press("2")
        expect(await page.locator("canvas.map").count()).toBe(0)

        // The objects of a run that is over: what the roots keep is all that is live.
        const rows = page.locator('[role="treeitem"][aria-level="1"]')
        await rows.first().waitFor()
        await page.getByRole("treeitem", { name: /^\d+ more, / }).click()
        const kept = await rows.locator(".number:not(.own)").allInnerTexts()
        const liveBytes = kept.reduce((sum, text) => sum + Number(text.replace(/\D/g, "")), 0)
        const note = await page.locator(".objects .note").innerText()
        expect(note).toContain(`${formatBytesExact(liveBytes)} live`)
        await page.locator('[role="treeitem"]', { hasText: "kitchen" }).first().press("Enter")
        expect(await page.locator(".facts").innerText()).toContain("held by")
        await page.getByRole("button", { name: "Treemap" }).click()
        expect(await page.locator(".tile").count()).toBeGreaterThan(20)

        // A block that is kept in view tells who holds it, and which line made it.
        await page.keyboard.press("1")
        await page.locator("canvas.map").focus()
        const facts = page.locator(".facts")
        for (let step = 0; step < 200; step++) {
            await page.keyboard.press("ArrowRight")
            if (!/, live,.*: /.test(await page.locator(".block").innerText())) continue
            await page.keyboard.press("Enter")
            if (/made by/.test(await facts.innerText())) break
        }
        expect(await facts.innerText()).toMatch(/held by[^]*made by[^]*\.ts:\d+/)

        // What would save memory, as the report has it.
        await page.keyboard.press("4")
        await page.getByRole("button", { name: "What would save memory?" }).click()
        await page.getByText("of the same run done again up to 4 s").waitFor({ timeout: 20_000 })

        // What is kept can be read by what it is for.
        await page.keyboard.press("k")
        const keep = async (name: RegExp | string) => {
            const saved = page.waitForEvent("download")
            await page
                .getByRole("dialog")
                .getByRole("listitem")
                .filter({ hasText: name })
                .getByRole("button")
                .first()
                .click()
            return keptAs(await saved)
        }
        const played = [...new RecordingReader(await keep("a recording")).events()]
        expect(played.filter(({ kind }) => kind === "sample")).toEqual(samples)
        const report = JSON.parse(readFileSync(await keep("the run's report"), "utf8")) as SimReport
        expect(report).toMatchObject({ schema: "heapscope/sim-report@1", simulated: { ms: 4000 } })
        const heap = readFileSync(await keep("Chrome's DevTools"), "utf8")
        expect(JSON.parse(heap)).toMatchObject({ snapshot: { meta: {} } })
        parseSnapshot(readFileSync(await keep("heapscope diff"), "utf8"), "kept")
        const picture = await keep(/^PNGSVGHeap over time$/)
        expect(readFileSync(picture).readUInt32BE(16)).toBeGreaterThan(800)
        const file = join(folder, "run.html")
        copyFileSync(await keep("as one page"), file)
        expect(await page.getByRole("dialog").innerText()).toContain("Left out: ")
        await page.keyboard.press("Escape")
        await keptPageShows(file, formatBytesExact(last.usedBytes))

        await page.keyboard.press("1")
        for (const name of ["Save the chart as a PNG", "Save the map as a PNG"]) {
            const saved = page.waitForEvent("download")
            await page.getByRole("button", { name }).click()
            const png = readFileSync(await keptAs(await saved))
            expect(png.subarray(1, 4).toString()).toBe("PNG")
            expect(png.readUInt32BE(16)).toBeGreaterThan(800)
        }
        expect(problems).toEqual([])
    })

    test("has its world's buttons and sensors pressed and set by hand", async () => {
        await serve("watch", "test/vm/programs/recorded-day.ts", "--seed", "3")
        const { page, problems } = await open()
        const hand = page.locator(".hand", { hasText: "outside" })
        await hand.waitFor({ timeout: 20_000 })
        const line = (text: RegExp) => page.locator(".lines p", { hasText: text }).first()
        // 27.94, a place of the slider from 4 to 42.
        await hand.locator("input").fill("27.94")
        await line(/outside 2[6-9]\d\d/).waitFor({ timeout: 20_000 })
        await page.locator(".hand", { hasText: "bell" }).getByRole("button").click()
        await line(/bell down/).waitFor({ timeout: 20_000 })

        // What it allocates is told from the moment on that somebody looks, and found again.
        await page.keyboard.press("3")
        await page.locator(".frame.program").first().waitFor({ timeout: 20_000 })
        await page.locator(".code .costs").first().waitFor({ timeout: 20_000 })
        const charged = await page.locator(".code .costs code").allInnerTexts()
        expect(charged.join("\n")).toContain("console.log")
        await page.getByRole("searchbox").fill("no such frame")
        await page.getByText("of it 0 B found").waitFor()
        expect(await page.locator(".frame:not(.dim)").count()).toBe(0)
        expect(problems).toEqual([])
    })

    test("teaches: a guess first, then what the VM says; and an allocator to play", async () => {
        await serve("watch", "devs/station/reporting.ts", "--for", "1s")
        const { page, problems } = await open()
        await page.locator(".tabs").waitFor({ timeout: 20_000 })
        await page.keyboard.press("5")
        await page.getByLabel("Which lesson").selectOption("keep-last")
        await page.getByLabel("Your guess").waitFor({ timeout: 20_000 })
        expect(await page.getByText("The VM says").count()).toBe(0)
        await page.getByLabel("Your guess").fill("100")
        await page.keyboard.press("Enter")
        const told = await page.getByText("The VM says").innerText()
        const answer = Number(/says ([\d,]+)/.exec(told)![1]!.replaceAll(",", ""))
        expect(answer).toBe(await answerOfLesson("keep-last"))

        // The programs' heaps run beside one another, by one clock: the end is what was asked for.
        const heaps = page.locator(".heaps figure")
        expect(await heaps.count()).toBe(3)
        const clock = page.getByRole("slider", { name: "The moment of these runs" })
        await clock.press("End")
        expect(await heaps.first().innerText()).toContain(`: ${formatBytesExact(answer)} live`)
        for (const heap of await heaps.all()) expect(await heap.innerText()).toContain("Ended at ")
        await clock.press("Home")
        expect(await heaps.first().innerText()).toContain("at 0 ms: ")
        await page.getByRole("button", { name: "Play" }).click()
        await page.getByRole("button", { name: "Pause" }).click()
        expect(await heaps.first().innerText()).not.toContain("Ended")

        // Two live blocks of 96 bytes less are two holes, in which nothing of 150 fits.
        const free = async () => {
            const text = await page.locator(".readout", { hasText: "fragmentation" }).innerText()
            return Number(/([\d,]+) B free/.exec(text)![1]!.replaceAll(",", ""))
        }
        const before = await free()
        await page
            .getByRole("button", { name: /^96 bytes, live/ })
            .first()
            .click()
        expect(await free()).toBe(before)
        await page.getByRole("button", { name: "Collect", exact: true }).click()
        expect(await free()).toBe(before + 96)
        expect(problems).toEqual([])
    })

    test("can be read by everybody, at any width, dark and light", async () => {
        await serve("watch", "devs/station/reporting.ts", "--for", "2s")
        const { page, problems } = await open({ colorScheme: "dark" })
        for (const colorScheme of ["dark", "light"] as const) {
            if (colorScheme === "light") {
                await page.emulateMedia({ colorScheme })
                await page.reload()
            }
            await page.locator(".verdict h2").waitFor({ timeout: 20_000 })
            for (const width of [390, 1280, 2560]) {
                await page.setViewportSize({ width, height: 800 })
                const shot = process.env.HEAPSCOPE_SHOTS
                if (shot)
                    await page.screenshot({
                        path: join(shot, `page-${colorScheme}-${width}.png`),
                        fullPage: true,
                    })
                expect(
                    await page.evaluate("document.documentElement.scrollWidth"),
                    `${width}`,
                ).toBe(width)
            }
            // Each view in one of the two; all of them in both by `npm run test:long`.
            const all = ["1", "2", "3", "4", "5", "6", "7", "?", "k"]
            const share = all.filter((_, i) => i % 2 === Number(colorScheme === "dark"))
            for (const key of process.env.HEAPSCOPE_LONG ? all : share) {
                await page.keyboard.press("Escape")
                await page.keyboard.press(key)
                await page
                    .locator(READY[key] ?? "main")
                    .first()
                    .waitFor({ timeout: 20_000 })
                expect(await barriersIn(page), key).toEqual([])
            }
            expect(problems).toEqual([])
            const paper = await page.evaluate(
                "getComputedStyle(document.body.parentElement).backgroundColor",
            )
            expect(paper).toBe(colorScheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)")
        }
    })

    test("ends with the command, and says so; the command ends at once with tabs open", async () => {
        await serve("watch", "devs/station/reporting.ts")
        const { page } = await open()
        await page.locator(".figure").first().waitFor({ timeout: 20_000 })
        const { command } = served!
        const began = performance.now()
        command.kill("SIGINT")
        const [code] = (await once(command, "exit")) as [number]
        expect(code).toBe(130)
        expect(performance.now() - began).toBeLessThan(5000)
        await page.getByText("the command has ended").waitFor()
    })
})

describe("the page of a recording", () => {
    const evil = `<img src=x onerror="document.title='it ran'"><script>document.title='it ran'</script>`

    test("shows text of a board as text, whatever it holds", async () => {
        const recording = join(folder, "evil.ndjson")
        const lines = [
            {
                ...{ schema: "heapscope/recording@1", program: { entry: evil } },
                board: { id: "pico", chip: evil, heapBytes: 65_536 },
                ...{ vm: { version: "2.16.4" }, startedAt: "2026-01-01T00:00:00.000Z" },
            },
            { kind: "log", atMs: 1, level: "log", text: evil },
            {
                kind: "structures",
                atMs: 2,
                structures: [{ name: evil, length: 9, capacity: 3, highWaterMark: 9, refused: 1 }],
            },
            { kind: "mark", atMs: 3, text: evil },
        ]
        writeFileSync(recording, lines.map(line => `${sealLine(line)}\n`).join(""))
        await serve("watch", "--replay", recording, "--speed", "max")
        const { page, problems } = await open()
        await page.locator(".lines p").nth(1).waitFor({ timeout: 20_000 })
        expect(await page.title()).toBe("Heapscope")
        const text = (await page.evaluate("document.body.innerText")) as string
        expect(text.split("<img src=x").length).toBeGreaterThan(3)
        expect(await page.locator("img").count()).toBe(0)
        expect(problems).toEqual([])
    })
})

describe("nobody else", () => {
    test("gets the stream: not without the token, not from another site, not by another name", async () => {
        await serve("watch", "devs/station/reporting.ts")
        const { port, token } = served!
        const own = `http://127.0.0.1:${port}`
        const events = (name: string) => `ws://127.0.0.1:${port}/events?token=${name}`
        expect(await connect(events(token), { origin: own })).toBe("open")
        expect(await connect(events(token), { origin: "http://evil.example" })).toBe(403)
        expect(await connect(events(token), {})).toBe(403)
        expect(await connect(events("x"), { origin: own })).toBe(403)
        expect(await connect(events(""), { origin: own })).toBe(403)
        const host = "evil.example"
        expect(await connect(events(token), { origin: `http://${host}`, headers: { host } })).toBe(
            421,
        )
        expect(await connect(`ws://127.0.0.1:${port}/other?token=${token}`, { origin: own })).toBe(
            404,
        )

        expect(await get(port, "/")).toMatchObject({ status: 200 })
        expect(await get(port, "/", { host: `evil.example:${port}` })).toMatchObject({
            status: 421,
        })
        expect(await get(port, "/../package.json")).toMatchObject({ status: 404 })
        expect(await get(port, "/", {}, "POST")).toMatchObject({ status: 405 })
        const { policy } = await get(port, "/")
        expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    })

    test("listens where it was not meant to: wrong flags are told of", async () => {
        for (const [args, text] of [
            [["--web", "99999"], "--web takes a port"],
            [["--web", "--host", "evil.example"], "--host takes an address"],
        ] as const) {
            const command = spawn(
                process.execPath,
                [CLI, "watch", "devs/station/reporting.ts", ...args],
                {
                    cwd: packageRoot(),
                },
            )
            let told = ""
            command.stderr.on("data", (data: Buffer) => (told += String(data)))
            const [code] = (await once(command, "close")) as [number]
            expect([code, told]).toEqual([2, expect.stringContaining(text)])
        }
    })
})

/** Starts a command with a page, and waits for its address. */
async function serve(...args: string[]): Promise<void> {
    const command = spawn(process.execPath, [CLI, ...args, "--web"], {
        ...{ cwd: packageRoot(), stdio: ["ignore", "ignore", "pipe"] },
    })
    let told = ""
    const address = await new Promise<string>((done, failed) => {
        command.stderr!.on("data", (data: Buffer) => {
            told += String(data)
            const found = /page: (http\S+)\n/.exec(told)
            if (found) done(found[1]!)
        })
        command.once("exit", () => failed(new Error(`it ended: ${told}`)))
    })
    const { port, hash } = new URL(address)
    served = { command, address, port: Number(port), token: hash.slice(1) }
}

/** What the command line says to the question of a lesson. */
async function answerOfLesson(name: string): Promise<number> {
    const { stdout } = await promisify(execFile)(
        process.execPath,
        [CLI, "lesson", name, "--json"],
        { cwd: packageRoot() },
    )
    return (JSON.parse(stdout) as LessonsReport).lessons[0]!.question.answer
}

async function quit(): Promise<void> {
    const { command } = served ?? {}
    served = undefined
    if (!command || command.exitCode !== null) return
    const exited = once(command, "exit")
    command.kill("SIGINT")
    await exited
}

/** A tab, and what it complains of: errors, and requests to anywhere else. */
async function open(
    options: { colorScheme?: "dark" | "light" } = {},
): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ ...options, viewport: { width: 1280, height: 800 } })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    page.on("request", asked => {
        const { host, protocol } = new URL(asked.url())
        if (protocol !== "data:" && host !== `127.0.0.1:${served!.port}`) problems.push(asked.url())
    })
    await page.goto(served!.address)
    return { page, problems }
}

/** Where a download is put: that of the shared browser is not where it says. */
async function keptAs(download: Download): Promise<string> {
    const file = join(folder, download.suggestedFilename())
    await download.saveAs(file)
    return file
}

/** Opens a kept page with the network cut: it has its run in itself, and every moment of it. */
async function keptPageShows(file: string, usedAtEnd: string): Promise<void> {
    const context = await browser.newContext({ offline: true })
    const page = await context.newPage()
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    await page.goto(`file://${file}`)
    const used = page.locator(".figure", { hasText: "Used" }).first().locator(".value")
    await page.getByText("the end").waitFor()
    expect(await used.innerText()).toBe(usedAtEnd)
    const colors = await colorsOf(page)
    expect(colors).toBeGreaterThan(4)
    await page.keyboard.press("Home")
    expect(await used.innerText()).not.toBe(usedAtEnd)
    await page.keyboard.press("2")
    await page.locator('[role="treeitem"]').first().waitFor()
    expect(problems).toEqual([])
    await context.close()
}

/** What is there when a key has done its work. */
const READY: Readonly<Record<string, string>> = {
    2: "[role=treeitem]",
    5: "select",
    6: ".flash .tile",
    7: ".byte-map, .nothing",
    "?": "dialog[open]",
    k: "dialog[open]",
}

/** How many colours the map has. */
function colorsOf(page: Page): Promise<number> {
    return page.evaluate(`(() => {
        const canvas = document.querySelector("canvas.map")
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height)
        return new Set(new Uint32Array(data.buffer)).size
    })()`)
}

function connect(
    address: string,
    options: { origin?: string; headers?: Record<string, string> },
): Promise<"open" | number> {
    return new Promise((done, failed) => {
        const socket = new WebSocket(address, options)
        socket.once("open", () => {
            socket.close()
            done("open")
        })
        socket.once("unexpected-response", (asked, { statusCode }) => {
            asked.destroy()
            done(statusCode!)
        })
        socket.once("error", failed)
    })
}

function get(
    port: number,
    path: string,
    headers: Record<string, string> = {},
    method = "GET",
): Promise<{ status: number; policy: string }> {
    return new Promise((done, failed) => {
        const asked = request({ host: "127.0.0.1", port, path, headers, method }, answer => {
            answer.resume()
            answer.once("end", () =>
                done({
                    status: answer.statusCode!,
                    policy: String(answer.headers["content-security-policy"]),
                }),
            )
        })
        asked.once("error", failed)
        asked.end()
    })
}
