import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { unzipSync } from "fflate"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import type { SimReport } from "../../../host/documents/sim-report"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { packageRoot } from "../../../host/base/node/package-root"
import { buildProgram } from "../../../host/compiler/node/build"
import type { MemoryEvent } from "../../../host/model/events"
import { startChromium } from "../chromium"
import { heapscopeHere } from "../command"
import { CLI } from "../terminal"
import { PATIENCE, PlaygroundTab } from "./playground-tab"
import { ServedSite } from "./served-site"

/** In the page. */
declare const heapscope: PlaygroundState

let browser: Browser
let tab: PlaygroundTab
let page: Page
let site: ServedSite
let folder: string
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-zip-"))
    site = await ServedSite.start()
    browser = await startChromium()
    tab = await PlaygroundTab.open(browser, site.address)
    page = tab.page
}, 120_000)
afterEach(() => expect(tab.problems.splice(0)).toEqual([]))
afterAll(async () => {
    await browser?.close()
    await site?.close()
    rmSync(folder, { recursive: true, force: true })
})

/** Unpacks a zip by itself. @returns where */
function unpack(zip: string, name: string): string {
    const place = join(folder, name)
    for (const [path, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
        mkdirSync(dirname(join(place, path)), { recursive: true })
        writeFileSync(join(place, path), bytes)
    }
    return place
}

async function save(page: Page, name: string): Promise<string> {
    const saved = page.waitForEvent("download", PATIENCE)
    await page.getByRole("button", { name: "Save", exact: true }).click(PATIENCE)
    await (await saved).saveAs(join(folder, `${name}.zip`))
    return join(folder, `${name}.zip`)
}

async function sim(cwd: string, entry: string): Promise<Omit<SimReport, "wall">> {
    const args = [CLI, "sim", entry, "--json", "--quiet"]
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd })
    const { wall: _, ...report } = JSON.parse(stdout) as SimReport
    return report
}

const inTab = (page: Page) =>
    page.evaluate(`(async () => {
        const { root, entry, flags } = heapscope.project.value
        const { speed, world, ...others } = flags
        const { wall, ...report } = await heapscope.link.report({ cwd: root, entry, flags: others })
        return report
    })()`)

test("a recording and a compiled program are opened, chosen or dropped, and told as the command line tells them", async () => {
    const project = join(folder, "leak")
    mkdirSync(join(project, "src"), { recursive: true })
    writeFileSync(join(project, "devsconfig.json"), "{}")
    const leak = readFileSync(join(packageRoot(), "devs/examples/leak.ts"), "utf8")
    writeFileSync(join(project, "src/leak.ts"), leak)
    const command = (...args: string[]) => heapscopeHere(args, { cwd: project })
    for (const name of ["run.ndjson", "run.ndjson.gz"])
        await command("sim", "src/leak.ts", "--heap", "16KiB", "--record", name, "--quiet")
    const read = await command("watch", "--replay", "run.ndjson.gz", "--speed", "max", "--json")
    const told = read.stdout
        .trim()
        .split("\n")
        .map(line => JSON.parse(line) as MemoryEvent)
    const samples = told.filter(event => event.kind === "sample")
    const judgement = told.find(event => event.kind === "judgement")!.judgement
    expect(samples.length).toBeGreaterThan(50)

    await tab.show()
    const headline = page.getByText(judgement.headline)
    const input = page.locator("input[type=file]")
    for (const name of ["run.ndjson", "run.ndjson.gz"]) {
        await page.getByRole("textbox", { name: "Text of src/main.ts" }).waitFor(PATIENCE)
        await input.setInputFiles(join(project, name))
        await page
            .getByText(/^A recording of src\/leak.ts on pico, heap 16,384 B/)
            .waitFor(PATIENCE)
        await headline.waitFor(PATIENCE)
        const shown = await page.evaluate(() => {
            const { samples, collectionCount } = heapscope.page.history.value!
            const { length, atMs, usedBytes, liveBytes, allocatedBytes } = samples
            return {
                collectionCount,
                samples: Array.from({ length }, (_, at) => ({
                    ...{ atMs: atMs[at], usedBytes: usedBytes[at], liveBytes: liveBytes[at] },
                    allocatedBytes: allocatedBytes[at],
                })),
            }
        })
        expect(shown).toEqual({
            collectionCount: told.filter(({ kind }) => kind === "gc").length,
            samples: samples.map(({ atMs, usedBytes, liveBytes, allocatedBytes }) => ({
                ...{ atMs, usedBytes, liveBytes, allocatedBytes },
            })),
        })
        // And away from it, to what was open before.
        await page.getByRole("combobox", { name: "Program" }).selectOption("")
    }

    // Its bytecode, as the compiler has made it, dropped on the editor.
    await page.getByRole("textbox", { name: "Text of src/main.ts" }).waitFor(PATIENCE)
    const program = await buildProgram("src/leak.ts", { cwd: project })
    writeFileSync(join(project, "leak.devs"), program.bytecode)
    writeFileSync(join(project, "leak-dbg.json"), JSON.stringify(program.debug))
    const drop = (files: [name: string, base64: string][]) =>
        page.locator(".cm-content").evaluate((editor, files) => {
            const dataTransfer = new DataTransfer()
            for (const [name, base64] of files) {
                const bytes = Uint8Array.from(atob(base64), one => one.charCodeAt(0))
                dataTransfer.items.add(new File([bytes], name))
            }
            const options = { dataTransfer, bubbles: true, composed: true, cancelable: true }
            editor.dispatchEvent(new DragEvent("drop", options))
        }, files)
    const contentOf = (name: string): [string, string] => [
        name,
        readFileSync(join(project, name)).toString("base64"),
    ]
    await drop([contentOf("leak.devs"), contentOf("leak-dbg.json")])
    const text = page.getByRole("textbox", { name: "Text of src/leak.ts" })
    await text.waitFor(PATIENCE)
    expect(await text.getAttribute("aria-readonly")).toBe("true")
    expect(await inTab(page)).toEqual(await sim(project, "leak.devs"))

    // What is neither leaves all as it is, and says why.
    for (const [name, content, why] of [
        ["photo.png", "PNG", "photo.png cannot be opened: a project (.zip)"],
        ["no.devs", "text", "no.devs is not DeviceScript bytecode"],
        ["no.ndjson", "text\n", "no.ndjson is not a recording: its first line is no whole header"],
        ["cut.ndjson.gz", "\x1f\x8b\x08\x10", "cut.ndjson.gz is not a recording"],
        ["leak-dbg.json", "{}", "leak-dbg.json"],
        ["more.ts", "let a = 1", "more.ts cannot be added to leak.devs, which is no project"],
    ] as const) {
        await drop([[name, Buffer.from(content, "latin1").toString("base64")]])
        const said = page.locator(".told .bad")
        await said.filter({ hasText: why }).waitFor(PATIENCE)
        expect(await said.textContent()).not.toMatch(/\/(looked-at|opened)/)
    }
    expect(await page.evaluate(() => heapscope.project.value!.title)).toBe("leak.devs")
}, 180_000)

test("what is saved is a project that the command line runs with the same report", async () => {
    await tab.show()
    // What is edited is compiled for the report, and not for what runs as well.
    await page.evaluate(() => heapscope.stop())
    // By the package's names, as where it is installed: nobody waits for its sources but the compiler.
    await page.evaluate(
        text => heapscope.edit("src/main.ts", heapscope.project.value!.files["src/main.ts"] + text),
        `
import { BitSet, RingBuffer } from "heapscope"
import { orderId } from "heapscope/src/compact-order-flags"
import "heapscope/devs/agent/start"
const mine = new RingBuffer(orderId(4 as never), 3)
mine.push(new BitSet(20).capacity)
console.log("mine " + mine.get(0))
`,
    )
    const place = unpack(await save(page, "mine"), "mine")
    const ofSource = await sim(place, "src/main.ts")
    expect(ofSource).toEqual(await inTab(page))
    // Its bytecode is the very same program.
    expect((await sim(place, "bytecode.devs")).heap).toEqual(ofSource.heap)
}, 180_000)

test("a lesson is saved with what it imports from, and what was saved before opens in its place", async () => {
    await tab.show({ hash: "#lesson/pool" })
    await page.waitForFunction(
        () => heapscope.exampleId.value === "lesson/pool",
        undefined,
        PATIENCE,
    )
    await page.evaluate(`heapscope.setEntry("devs/lessons/pool/structure.ts")`)
    const place = unpack(await save(page, "pool"), "pool")
    expect(await sim(place, "devs/lessons/pool/structure.ts")).toEqual(await inTab(page))

    await page.locator("input[type=file]").setInputFiles(join(folder, "mine.zip"))
    await page.getByText("mine.zip is open.").waitFor(PATIENCE)
    expect(await page.evaluate(`heapscope.project.value.files["src/main.ts"]`)).toContain("mine")
    await page.locator("input[type=file]").setInputFiles({
        ...{ name: "evil.zip", mimeType: "application/zip", buffer: Buffer.from("PK<b>") },
    })
    await page.getByText("evil.zip cannot be opened: it is damaged, or no zip.").waitFor(PATIENCE)
}, 180_000)
