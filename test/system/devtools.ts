import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium, type Page } from "playwright-core"

const CHROMIUMS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
/** The system's Chromium: the one that comes as a package has no DevTools in it. */
const CHROMIUM = process.env.CHROMIUM_PATH ?? CHROMIUMS.find(path => existsSync(path))

/** Chromium's own DevTools, open at the Memory panel of an empty page. */
export interface MemoryPanel {
    page: Page
    /** Loads a file as "Load profile" does, and opens it. */
    load(file: string): Promise<void>
    close(): Promise<void>
}

export async function openMemoryPanel(): Promise<MemoryPanel> {
    if (!CHROMIUM) throw new Error("no Chromium here: apt-get install chromium, or CHROMIUM_PATH")
    const profile = mkdtempSync(join(tmpdir(), "heapscope-chromium-"))
    const context = await chromium.launchPersistentContext(profile, {
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--remote-debugging-port=0", "--remote-allow-origins=*"],
        viewport: { width: 1400, height: 900 },
    })
    const close = async () => {
        await context.close()
        rmSync(profile, { recursive: true, force: true })
    }
    try {
        // Chromium serves its DevTools to whoever debugs it over the network, itself included.
        const [port] = readFileSync(join(profile, "DevToolsActivePort"), "utf8").split("\n")
        const host = `127.0.0.1:${port}`
        const targets = (await (await fetch(`http://${host}/json/list`)).json()) as {
            type: string
            id: string
        }[]
        const { id } = targets.find(({ type }) => type === "page")!
        const page = await context.newPage()
        await page.goto(
            `http://${host}/devtools/devtools_app.html?ws=${host}/devtools/page/${id}&panel=heap-profiler`,
        )
        const load = async (file: string) => {
            await page.locator("input[type=file]").setInputFiles(file)
            await page.getByRole("treeitem", { name: "Loaded" }).click()
        }
        return { page, load, close }
    } catch (error) {
        await close()
        throw error
    }
}
