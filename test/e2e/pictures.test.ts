import { transformSync } from "esbuild"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { generateRecords } from "../../host/compiler/generate/records/generate-records"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import { readTypes } from "../../host/compiler/schema/read-types"
import { renderHeapMap } from "../../host/sinks/svg/heap-map-svg"
import { small } from "../host/analysis/snapshot/small-snapshot"
import { COLORS, PAPER } from "../../host/sinks/palette"
import { terminalToSvg } from "../../host/sinks/svg/svg"
import { startChromium } from "./chromium"

/** A browser takes its time to be unpacked and to start on a busy machine. */
const BROWSER_MS = 60_000

let browser: Browser
beforeAll(async () => {
    browser = await startChromium()
}, BROWSER_MS)
afterAll(() => browser?.close())

test("a browser draws every block of a heap's map, its names as text whatever they hold", async () => {
    const snapshot = small()
    const evil = `"><script>document.title = "it ran"</script><g onload='document.title = "it ran"'>&`
    for (const node of snapshot.nodes) if (node.class !== undefined) node.class = evil
    const page = await browser.newPage()
    const picture = Buffer.from(renderHeapMap(snapshot)).toString("base64")
    await page.goto(`data:image/svg+xml;base64,${picture}`)
    // Text here, as it runs in the page, which knows what an SVG element is.
    const drawn =
        (await page.evaluate(`[...document.querySelectorAll("path > title")].map(title => ({
        text: title.textContent,
        width: title.parentElement.getBBox().width,
        height: title.parentElement.getBBox().height,
    }))`)) as { text: string; width: number; height: number }[]
    expect(await page.evaluate("document.documentElement.localName")).toBe("svg")
    expect(await page.title()).not.toBe("it ran")
    // A row of 256 bytes is 1,024 px, and there is a line between two blocks.
    expect(drawn.map(({ width }) => width)).toEqual([40, 20, 40].map(bytes => bytes * 4 - 1))
    for (const { text, height } of drawn) {
        expect(height).toBeGreaterThan(0)
        expect(text).not.toBe("")
    }
    expect(drawn.some(({ text }) => text.includes("<script>"))).toBe(true)
})

test("a picture is dark, and light where the reader's system is", async () => {
    const svg = terminalToSvg("\u001b[32mfine\u001b[39m, live heap flat", "heapscope sim")
    const page = await browser.newPage()
    const paper = async (colorScheme: "dark" | "light") => {
        await page.emulateMedia({ colorScheme })
        await page.goto(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`)
        return page.evaluate(`getComputedStyle(document.querySelector("rect")).fill`)
    }
    const rgb = (hex: string) =>
        `rgb(${[1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)).join(", ")})`
    expect(await paper("dark")).toBe(rgb(PAPER.dark))
    expect(await paper("light")).toBe(rgb(PAPER.light))
    // Words are read in both: nothing is left in a colour of the other ground.
    const inks = (await page.evaluate(
        `[...document.querySelectorAll("text")].map(text => getComputedStyle(text).fill)`,
    )) as string[]
    const lights = COLORS.map(({ light }) => rgb(light))
    for (const ink of inks) expect(lights).toContain(ink)
})

test("a browser writes the bytes of a generated record that Node writes, and reads them", async () => {
    const text =
        'interface A { a: i24; b: bits<5>; c?: f32; d: text<5>; e: array<u16, 2>; f: { is: "x"; g: f64 } | { is: "y" }; h: bool }'
    const { types } = readTypes(loadCompiler().compiler.typescript, text, "a.ts")
    const { host } = generateRecords(types, "packed", "a.ts")
    const { code } = transformSync(
        `${host}
export function run(): string {
    const view = aBuffer(200)
    let state = 7
    const random = (count: number) => (state = (state * 48271) % 2147483647) % count
    for (let at = 0; at < view.byteLength; at += A_BYTES)
        writeA(view, at, {
            a: random(2 ** 24) - 2 ** 23, b: random(32), d: "aé€😀z".slice(0, random(3)),
            c: random(2) ? Math.fround(1 / random(9999)) : undefined,
            e: [random(65536), random(65536)], h: random(2) === 1,
            f: random(2) ? { is: "x", g: 1 / random(9999) } : { is: "y" },
        })
    const read = []
    for (let at = 0; at < view.byteLength; at += A_BYTES) read.push(readA(view, at))
    return JSON.stringify([read, [...new Uint8Array(view.buffer)]])
}`,
        { loader: "ts" },
    )
    const url = `data:text/javascript,${encodeURIComponent(code)}`
    const { run } = (await import(/* @vite-ignore */ url)) as { run(): string }
    const here = run()
    const page = await browser.newPage()
    const there = `import(${JSON.stringify(url)}).then(module => module.run())`
    expect(await page.evaluate(there)).toBe(here)
    expect(here).toContain('"f":{"is":"y"}')
    await page.close()
})
