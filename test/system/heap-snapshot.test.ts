import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import {
    toChromeHeapSnapshot,
    type ChromeHeapSnapshot,
} from "../../host/sinks/files/chrome-heap-snapshot"
import { SnapshotView } from "../../host/analysis/snapshot/snapshot-view"
import { snapshotOf } from "../vm/snapshots"
import { openMemoryPanel, type MemoryPanel } from "./devtools"

/** What DevTools works out from a snapshot. */
interface Parsed {
    nodeCount: number
    totalSize: number
    nodes: { id: number; name: string; className: string; self: number; retained: number }[]
}

/**
 * Runs in DevTools: its own parser, the one of its heap snapshot worker, over a file's text. It is text
 * here, as the test runner would make its import one of its own.
 */
const PARSE = `async text => {
    const url = "entrypoints/heap_snapshot_worker/heap_snapshot_worker.js"
    const worker = await import(new URL(url, document.baseURI).href)
    const loader = new worker.HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} })
    loader.write(text)
    loader.close()
    const { port1, port2 } = new MessageChannel()
    new worker.HeapSnapshot.SecondaryInitManager(port2)
    const snapshot = await loader.buildSnapshot(port1)
    const nodes = []
    for (const all = snapshot.allNodes(); all.hasNext(); all.next()) {
        const node = all.item()
        nodes.push({
            id: node.id(),
            name: node.name(),
            className: node.className(),
            self: node.selfSize(),
            retained: node.retainedSize(),
        })
    }
    return { nodeCount: snapshot.nodeCount, totalSize: snapshot.totalSize, nodes }
}`

function parseInDevTools({ page }: MemoryPanel, file: ChromeHeapSnapshot): Promise<Parsed> {
    return page.evaluate(`(${PARSE})(${JSON.stringify(JSON.stringify(file))})`)
}

/** A browser takes its time to start on a busy machine. */
const BROWSER_MS = 60_000

let panel: MemoryPanel
let folder: string

beforeAll(async () => {
    panel = await openMemoryPanel()
    folder = mkdtempSync(join(tmpdir(), "heapscope-snapshot-"))
}, BROWSER_MS)
afterAll(async () => {
    await panel?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
})

describe("in the DevTools of Chromium", () => {
    test.each(["devs/station/wasteful.ts", "graph-names", "live-fibers", "die-closures"])(
        "%s has the objects, classes and retained sizes that we find",
        async name => {
            const view = new SnapshotView(await snapshotOf(name, 5_000))
            const parsed = await parseInDevTools(panel, toChromeHeapSnapshot(view.graph))
            const shown = view.graph.nodes.filter(({ kind }) => kind !== "global")
            expect(parsed.nodeCount).toBe(shown.length)
            expect(parsed.totalSize).toBe(view.graph.liveBytes)
            expect(new Set(parsed.nodes.map(({ id }) => id)).size).toBe(shown.length)
            shown.forEach((node, i) => {
                const theirs = parsed.nodes[i]!
                expect(theirs.self, node.name).toBe(node.bytes)
                expect(theirs.retained, node.name).toBe(view.retention.retainedBy(node))
                if (node.text !== undefined) expect(theirs.name).toBe(node.text)
                else if (node.kind === "block" && node.type === "map" && !node.isRuntime)
                    expect([node.className, node.name]).toContain(theirs.className)
            })
        },
    )

    test("the Memory panel opens the file and lists its classes", async () => {
        const view = new SnapshotView(await snapshotOf("devs/station/wasteful.ts", 60_000))
        const file = join(folder, "station.heapsnapshot")
        writeFileSync(file, JSON.stringify(toChromeHeapSnapshot(view.graph)))
        const { page } = panel
        await page.locator("input[type=file]").setInputFiles(file)
        // It tells its size once it is loaded.
        await page.getByRole("treeitem", { name: "station" }).filter({ hasText: "kB" }).click()
        const row = page.locator("tr", { hasText: "{id, place, takeout, urgent, …}" }).first()
        await row.waitFor()
        const orders = view.byClass().find(({ key }) => key === "{id, place, takeout, urgent, …}")!
        const text = ((await row.textContent()) ?? "").replaceAll("\u00a0", " ")
        expect(text).toContain(`×${orders.nodes.length}`)
        expect(text).toContain(`${(orders.bytes / 1000).toFixed(1)} kB`)
        expect(text).toContain(`${(orders.retainedBytes / 1000).toFixed(1)} kB`)
    })
})
