import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { unzipSync } from "fflate"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SimReport } from "../../../host/documents/sim-report"
import type { PlaygroundState } from "../../../host/playground/playground-state"
import { startChromium } from "../chromium"
import { CLI } from "../terminal"
import { ServedSite } from "./served-site"

/** In the page. */
declare const heapscope: PlaygroundState

const PATIENCE = { timeout: 60_000 }

let browser: Browser
let site: ServedSite
let folder: string
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-zip-"))
    site = await ServedSite.start()
    browser = await startChromium()
}, 60_000)
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

async function sim(cwd: string, entry: string): Promise<unknown> {
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

test("what is saved is a project that the command line runs with the same report, and opens again", async () => {
    const page = await browser.newPage()
    await page.goto(site.address)
    await page.locator(".desk").waitFor(PATIENCE)
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
    const zip = await save(page, "mine")
    const place = unpack(zip, "mine")
    expect(await sim(place, "src/main.ts")).toEqual(await inTab(page))
    // Its bytecode is the very same program.
    const { program: _, ...ofSource } = (await sim(place, "src/main.ts")) as SimReport
    const { program: __, ...ofBytecode } = (await sim(place, "bytecode.devs")) as SimReport
    expect(ofBytecode.heap).toEqual(ofSource.heap)
    await page.close()

    const other = await browser.newPage()
    await other.goto(site.address)
    await other.locator(".desk").waitFor(PATIENCE)
    await other.locator("input[type=file]").setInputFiles(zip)
    await other.getByText("mine.zip is open.").waitFor(PATIENCE)
    expect(await other.evaluate(`heapscope.project.value.files["src/main.ts"]`)).toContain("mine")
    await other.locator("input[type=file]").setInputFiles({
        ...{ name: "evil.zip", mimeType: "application/zip", buffer: Buffer.from("PK<b>") },
    })
    await other.getByText("evil.zip cannot be opened: it is damaged, or no zip.").waitFor(PATIENCE)
    await other.close()
}, 180_000)

test("a lesson is saved with what it imports from", async () => {
    const page = await browser.newPage()
    await page.goto(`${site.address}#lesson/pool`)
    await page.locator(".desk").waitFor(PATIENCE)
    await page.evaluate(`heapscope.setEntry("devs/lessons/pool/structure.ts")`)
    const place = unpack(await save(page, "pool"), "pool")
    expect(await sim(place, "devs/lessons/pool/structure.ts")).toEqual(await inTab(page))
    await page.close()
}, 180_000)
