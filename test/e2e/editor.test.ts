import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import type { Browser, Page } from "playwright-core"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { barriersIn } from "./barriers"
import { startChromium } from "./chromium"
import type { EditorPage } from "./editor-page"

declare const editorPage: EditorPage

const ORIGIN = "http://playground.test/"
/** The strictest that the site has. */
const POLICY = "default-src 'self'; style-src 'self'"
const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Editor</title>
<link rel="icon" href="icon.svg"><link rel="stylesheet" href="page.css"></head>
<body><main id="page"></main><script type="module" src="page.js"></script></body></html>`
/** The editor with all of CodeMirror that it uses, and Preact, gzipped; bytes. */
const MAX_GZIPPED = 190_000

let browser: Browser
const files = new Map<string, { body: string; contentType: string }>()

beforeAll(async () => {
    const host = join(packageRoot(), "host")
    const bundled = await build({
        ...{ bundle: true, write: false, minify: true, platform: "browser", format: "esm" },
        ...{ target: "es2022", jsx: "automatic", jsxImportSource: "preact" },
        entryPoints: [join(packageRoot(), "test/e2e/editor-page.tsx")],
    })
    const css = ["page/page.css", "playground/editor/editor.css"]
    files.set("/", { body: HTML, contentType: "text/html" })
    files.set("/page.js", { body: bundled.outputFiles[0]!.text, contentType: "text/javascript" })
    files.set("/page.css", {
        body: css.map(file => readFileSync(join(host, file), "utf8")).join("\n"),
        contentType: "text/css",
    })
    files.set("/icon.svg", {
        body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
        contentType: "image/svg+xml",
    })
    browser = await startChromium()
}, 60_000)
afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
})
afterAll(() => browser?.close())

describe("the editor of the playground", () => {
    test("keeps several files, each with a history of its own, under a strict policy", async () => {
        const { page, problems } = await open()
        const text = page.getByRole("textbox", { name: "Text of main.ts" })
        await text.click()
        await page.keyboard.press("Control+End")
        await page.keyboard.type("// one more")
        expect(await textOf(page, "main.ts")).toContain("// one more")

        // Another file; what is undone there is undone there alone.
        await page.getByRole("tab", { name: "says.ts" }).click()
        await page.getByRole("textbox", { name: "Text of says.ts" }).click()
        await page.keyboard.press("Control+Home")
        await page.keyboard.type("// at the top ")
        await page.getByRole("tab", { name: "main.ts" }).click()
        await text.click()
        await page.keyboard.press("Control+z")
        expect(await textOf(page, "main.ts")).not.toContain("// one more")
        expect(await textOf(page, "says.ts")).toContain("// at the top")
        await page.keyboard.press("Control+y")
        expect(await textOf(page, "main.ts")).toContain("// one more")

        // A new one, by the keyboard alone; a bad name is told, and asked for again.
        await page.getByRole("button", { name: "Add a file" }).press("Enter")
        await page.keyboard.type("../out.ts")
        await page.keyboard.press("Enter")
        await page.getByText("which . and .. are not").waitFor()
        await page.keyboard.press("Control+a")
        await page.keyboard.type("lib/sensors.ts")
        await page.keyboard.press("Enter")
        await page.getByRole("tab", { name: "lib/sensors.ts", selected: true }).waitFor()
        await page.keyboard.press("F2")
        await page.keyboard.press("Control+a")
        await page.keyboard.type("lib/probes.ts")
        await page.keyboard.press("Enter")
        await page.getByRole("tab", { name: "lib/probes.ts", selected: true }).waitFor()

        // Deleted, and had back with its text; the program itself stays.
        await page.getByRole("tab", { name: "says.ts" }).focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Delete")
        expect(await page.getByRole("tab", { name: "says.ts" }).count()).toBe(0)
        await page.getByRole("button", { name: "Bring it back" }).click()
        expect(await textOf(page, "says.ts")).toContain("// at the top")
        await page.getByRole("textbox", { name: "Text of says.ts" }).click()
        await page.keyboard.press("Control+z")
        expect(await textOf(page, "says.ts")).not.toContain("// at the top")
        await page.getByRole("tab", { name: "main.ts" }).click()
        expect(await page.getByRole("button", { name: "Delete" }).isDisabled()).toBe(true)
        await expectClean(page, problems)
    })

    test("indents with Tab, is left with Escape and Tab, and keeps its keys from the page", async () => {
        const { page, problems } = await open()
        const text = page.getByRole("textbox", { name: "Text of main.ts" })
        await text.focus()
        await page.keyboard.press("Control+Home")
        await page.keyboard.press("Tab")
        expect(await textOf(page, "main.ts")).toMatch(/^ {4}import/)
        await page.keyboard.press("Shift+Tab")
        expect(await textOf(page, "main.ts")).toMatch(/^import/)
        expect(await page.evaluate(() => editorPage.keys.splice(0))).toEqual(["Control"])
        await page.keyboard.press("Escape")
        await page.keyboard.press("Tab")
        expect(await text.evaluate(one => one.matches(":focus"))).toBe(false)
        expect(await text.getAttribute("aria-description")).toContain("Escape, then Tab")
        expect(await page.getByText("press Escape, then Tab").isVisible()).toBe(true)

        // A new line inside braces begins four further in; brackets come in pairs.
        await text.focus()
        await page.keyboard.press("Control+End")
        await page.keyboard.type("if (true) {\nmeasure(3")
        expect(await textOf(page, "main.ts")).toMatch(/if \(true\) \{\n {4}measure\(3\)\n\}\n?$/)

        // What is searched for is found in the text.
        await page.keyboard.press("Control+f")
        await page.keyboard.type("times")
        expect(await page.locator(".cm-searchMatch").count()).toBe(2)
        await page.keyboard.press("Escape")
        await expectClean(page, problems)
    })

    test("shows what is wrong and what lines cost at their places, and leads there", async () => {
        const { page, problems } = await open()
        await page.evaluate(() => {
            const { project } = editorPage
            project.setProblems([
                { file: "main.ts", line: 4, column: 5, text: "says wants <b>nothing</b>" },
                { file: "says.ts", line: 2, text: "console is none" },
                { file: "gone.ts", line: 900, text: "of a file that is not here" },
            ])
            project.setCosts([
                { file: "main.ts", line: 4, bytes: 120_400, count: 3010 },
                { file: "main.ts", line: 3, bytes: 4012, count: 1 },
                { file: "says.ts", line: 2, bytes: 64, count: 2 },
            ])
        })
        expect(await page.locator(".cm-lintRange-error").innerText()).toBe("says")
        expect(await page.locator(".cm-cost").allInnerTexts()).toEqual(["4,012 B", "120.4 kB"])
        expect(await page.locator(".cm-cost").last().getAttribute("title")).toBe(
            "120,400 B in 3,010 allocations",
        )

        // Both stay with their lines while those move.
        const text = page.getByRole("textbox", { name: "Text of main.ts" })
        await text.focus()
        await page.keyboard.press("Control+Home")
        await page.keyboard.press("Enter")
        expect(await page.locator(".cm-lintRange-error").innerText()).toBe("says")
        await page.keyboard.press("F8")
        await page.getByText(/^Line 5, column \d: 120,400 B in 3,010 allocations/).waitFor()

        // From the list to another file, whose own marks are there.
        await page.getByRole("button", { name: "says.ts:2" }).click()
        await page.getByRole("tab", { name: /^says\.ts/, selected: true }).waitFor()
        await page.getByText("Line 2, column 1: 64 B in 2 allocations").waitFor()
        expect(await page.locator(".cm-lintRange-error").innerText()).toBe("console.log(text)")
        expect(await page.locator(".cm-cost").allInnerTexts()).toEqual(["64 B"])
        expect(await page.locator("#page b").count()).toBe(0)
        await page.evaluate(() => {
            editorPage.project.setProblems([])
            editorPage.project.setCosts([])
            editorPage.project.reveal("main.ts", 3)
        })
        expect(await page.locator(".cm-lintRange-error, .cm-cost").count()).toBe(0)
        expect(await page.locator(".editor-problems h3").count()).toBe(0)
        await page.getByText("Line 3, column 1").waitFor()
        await expectClean(page, problems)
    })

    test("completes names, imports them, and tells what they are", async () => {
        const { page, problems } = await open()
        await page.getByRole("textbox", { name: "Text of main.ts" }).focus()
        await page.keyboard.press("Control+End")
        await page.keyboard.type("new Temp")
        const list = page.getByRole("listbox", { name: "Completions" })
        await list.getByRole("option", { name: /Temperature.*@devicescript/ }).waitFor()
        await page.getByText("<b>only words</b>").waitFor()
        await page.waitForTimeout(100) // A list that has just opened takes no Enter: it may be meant for the text.
        await page.keyboard.press("Enter")
        await expect
            .poll(() => textOf(page, "main.ts"))
            .toMatch(
                /^import \{ Temperature \} from "@devicescript\/core"\n[^]*new Temperature\s*$/,
            )
        await page.keyboard.press("Control+z")
        await page.keyboard.type("\nmeasure(1")
        await page.locator(".cm-facts b", { hasText: "times: number" }).waitFor()
        await page.keyboard.type(", ")
        await page.locator(".cm-facts b", { hasText: "pauseMs: number" }).waitFor()
        await page.keyboard.press("Escape")
        expect(await page.locator(".cm-facts").allInnerTexts()).toEqual([])
        await page.keyboard.press("Control+k")
        await page.keyboard.press("Control+i")
        await page.getByText("const hovered: number").first().waitFor()
        await expectClean(page, problems)
    })

    test("takes no more than a megabyte, and says so", async () => {
        const { page, problems } = await open()
        const before = await textOf(page, "main.ts")
        const said = await page.evaluate(() => {
            const { project } = editorPage
            return [
                project.setText("main.ts", "é".repeat(499_000)),
                project.setText("main.ts", "é".repeat(500_000)),
                project.add("more.ts", "x".repeat(2_000)),
            ]
        })
        expect(said).toEqual([undefined, ...Array(2).fill(expect.stringContaining("1.0 MB"))])
        await page.getByRole("textbox", { name: "Text of main.ts" }).focus()
        await page.keyboard.press("Control+Home")
        await page.keyboard.insertText("é".repeat(2_000))
        await page.getByText("All files together may have").waitFor()
        expect((await textOf(page, "main.ts")).length).toBe(499_000)
        await page.keyboard.press("Control+z")
        expect(await textOf(page, "main.ts")).toBe(before)
        await expectClean(page, problems)
    })

    test("can be read by everybody, narrow and wide, dark and light", async () => {
        const { page, problems } = await open()
        for (const theme of ["dark", "light"] as const)
            for (const width of [390, 1280, 2560]) {
                await page.setViewportSize({ width, height: 800 })
                await page.evaluate(theme => {
                    editorPage.applyTheme(theme)
                    editorPage.project.setProblems([
                        { file: "main.ts", line: 4, column: 5, text: "says wants more" },
                    ])
                    editorPage.project.setCosts([
                        { file: "main.ts", line: 4, bytes: 120_400, count: 3010 },
                    ])
                }, theme)
                await page.getByRole("textbox", { name: "Text of main.ts" }).focus()
                await page.keyboard.press("Control+f")
                await page.getByRole("textbox", { name: "Find" }).waitFor()
                const { scrollWidth } = await page.evaluate(() => ({
                    scrollWidth: document.documentElement.scrollWidth,
                }))
                expect(scrollWidth).toBeLessThanOrEqual(width)
                const shots = process.env.HEAPSCOPE_SHOTS
                if (shots)
                    await page.screenshot({ path: join(shots, `editor-${theme}-${width}.png`) })
                // Not under the policy: the tool is put into the page.
                expect(await barriersIn(page)).toEqual([])
                await expectClean(page, problems)
            }
    })

    test("is light", () => {
        const { length } = gzipSync(files.get("/page.js")!.body)
        console.log(`the editor: ${length.toLocaleString("en-US")} B gzipped`)
        expect(length).toBeLessThan(MAX_GZIPPED)
    })
})

async function open(width = 1280): Promise<{ page: Page; problems: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 } })
    const problems: string[] = []
    page.on("pageerror", error => problems.push(String(error)))
    page.on("console", message => message.type() === "error" && problems.push(message.text()))
    await page.route("**/*", route => {
        const url = new URL(route.request().url())
        const file = url.origin + "/" === ORIGIN ? files.get(url.pathname) : undefined
        if (file) return route.fulfill(file)
        problems.push(`asked for ${url}`)
        return route.abort()
    })
    await page.goto(ORIGIN)
    await page.getByRole("textbox", { name: "Text of main.ts" }).waitFor()
    return { page, problems }
}

function textOf(page: Page, name: string): Promise<string> {
    return page.evaluate(name => editorPage.project.text(name) ?? "", name)
}

async function expectClean(page: Page, problems: string[]): Promise<void> {
    expect(await page.evaluate(() => editorPage.stopped)).toEqual([])
    expect(problems).toEqual([])
}
