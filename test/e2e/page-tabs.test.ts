import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { RecordingReader } from "../../host/recording/node/recording-reader"
import { build } from "../vm/harness"
import { counts, serve } from "../vm/link/rig"
import { startChromium } from "./chromium"
import { ServedPage } from "./served-page"

const PATIENCE = { timeout: 30_000 }
const TABS = 10
/** Memory of a command that may come and go, MB. */
const MAX_GROWTH_MB = 40

let browser: Browser
let folder: string

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-tabs-"))
    await build("devs/station/reporting.ts")
    browser = await startChromium()
}, 60_000)
afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
})

// They take whole seconds of both processors.
describe.runIf(process.env["HEAPSCOPE_LONG"])("a page in many tabs", () => {
    test(
        `is in step in each of ${TABS}, and the simulation is not slowed by them`,
        { timeout: 120_000 },
        async () => {
            const recording = join(folder, "ten.ndjson")
            const served = await ServedPage.start([
                ...["watch", "devs/station/reporting.ts", "--record", recording],
            ])
            const megabytes = () => residentMb(served)
            const pages: Page[] = []
            const problems: string[] = []
            try {
                for (let i = 0; i < TABS; i++) {
                    const opened = await served.open(browser)
                    await opened.page.locator(".figure").first().waitFor(PATIENCE)
                    pages.push(opened.page)
                    problems.push(...opened.problems)
                }
                const before = megabytes()
                const [fromMs, began] = [await nowMs(pages[0]!), performance.now()]
                await sleep(10_000)
                const times = await Promise.all(pages.map(page => nowMs(page)))
                const [ranMs, tookMs] = [times[0]! - fromMs, performance.now() - began]
                const grown = megabytes() - before
                console.log(
                    `${TABS} tabs: ran ${ranMs} ms in ${Math.round(tookMs)}; at ${times.join(" ")}; ${Math.round(grown)} MB more`,
                )
                // What is shown is told to a tenth of a second, to a second after the first minute.
                expect(ranMs).toBeGreaterThan(tookMs * 0.9)
                expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(1000)
                expect(grown).toBeLessThan(MAX_GROWTH_MB)
                expect(problems).toEqual([])
            } finally {
                await served.quit()
                for (const page of pages) await page.close()
            }
            expect(missingSamples(recording)).toEqual([])
        },
    )

    test(
        "one that stands still slows neither the simulation nor the others, and the recording is whole",
        { timeout: 120_000 },
        async () => {
            const recording = join(folder, "stopped.ndjson")
            // A hundred times as much as a tab gets of a run in real time.
            const served = await ServedPage.start([
                ...["watch", "devs/station/reporting.ts", "--speed", "100x"],
                ...["--record", recording, "--no-reload"],
            ])
            try {
                const stopped = (await served.open(browser)).page
                const other = (await served.open(browser)).page
                await stopped.locator(".figure").first().waitFor(PATIENCE)
                await other.locator(".figure").first().waitFor(PATIENCE)
                const alone = await paceOf(other)
                const session = await stopped.context().newCDPSession(stopped)
                await session.send("Debugger.enable")
                await session.send("Debugger.pause")
                // It stops at its next script.
                await sleep(500)
                const before = residentMb(served)
                const beside = await paceOf(other)
                const grown = residentMb(served) - before
                expect(grown).toBeLessThan(MAX_GROWTH_MB)
                await session.send("Debugger.disable")
                // It is in step again as soon as it runs.
                await sleep(2000)
                const after = await paceOf(other)
                console.log(
                    `beside a tab that stands still: ${beside.toFixed(1)} times real time, before ${alone.toFixed(1)}, after ${after.toFixed(1)}; ${Math.round(grown)} MB more`,
                )
                // Other work of the machine changes it, too.
                expect(beside).toBeGreaterThan(Math.min(alone, after) * 0.75)
                const [first, second] = [await nowMs(other), await nowMs(stopped)]
                expect(Math.abs(second - first)).toBeLessThan(100_000)
            } finally {
                await served.quit()
                for (const context of browser.contexts()) await context.close()
            }
            expect(missingSamples(recording)).toEqual([])
        },
    )

    test(
        "a slow and a stopped one lose nothing of a real board's link",
        { timeout: 120_000 },
        async () => {
            const recording = join(folder, "link.ndjson")
            const board = await serve("counting", { speed: 5 })
            const served = await ServedPage.start([
                ...["watch", "--port", board.address, "--record", recording],
            ])
            try {
                const [slow, stopped] = [
                    (await served.open(browser)).page,
                    (await served.open(browser)).page,
                ]
                await stopped.locator(".lines p").nth(5).waitFor(PATIENCE)
                const throttled = await slow.context().newCDPSession(slow)
                await throttled.send("Emulation.setCPUThrottlingRate", { rate: 20 })
                const session = await stopped.context().newCDPSession(stopped)
                await session.send("Debugger.enable")
                await session.send("Debugger.pause")
                await sleep(8000)
            } finally {
                await served.quit()
                await board.close()
                for (const context of browser.contexts()) await context.close()
            }
            const lines = [...new RecordingReader(recording).events()].flatMap(event =>
                event.kind === "log" ? [`> ${event.text}`] : [],
            )
            const counted = counts(lines)
            console.log(`${counted.length} lines came over the link`)
            expect(counted.length).toBeGreaterThan(100)
            expect(counted).toEqual(counted.map((_, index) => counted[0]! + index))
        },
    )
})

/** What the page shows, in milliseconds of the source. */
function nowMs(page: Page): Promise<number> {
    return page.evaluate<number>(
        "(() => { const text = document.querySelector('.moment strong').textContent; const unit = { ms: 1, s: 1e3, m: 6e4, h: 36e5 }; return [...text.matchAll(/([\\d.]+) (ms|s|m|h)/g)].reduce((sum, [, n, u]) => sum + n * unit[u], 0) })()",
    )
}

/** Simulated time for real time, as a tab sees it. */
async function paceOf(page: Page): Promise<number> {
    const [fromMs, began] = [await nowMs(page), performance.now()]
    await sleep(5000)
    return ((await nowMs(page)) - fromMs) / (performance.now() - began)
}

function residentMb({ command }: ServedPage): number {
    const status = readFileSync(`/proc/${command.pid}/status`, "utf8")
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024
}

/** Times, at each tenth of a second, of which a recording has no sample. */
function missingSamples(file: string): number[] {
    const times = [...new RecordingReader(file).events()].flatMap(event =>
        event.kind === "sample" ? [event.atMs] : [],
    )
    const known = new Set(times)
    const missing: number[] = []
    for (let atMs = 100; atMs <= times.at(-1)!; atMs += 100)
        if (!known.has(atMs)) missing.push(atMs)
    return missing
}
