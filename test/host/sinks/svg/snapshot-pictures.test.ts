import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, test } from "vitest"
import { renderDiff } from "../../../../host/sinks/terminal/diff-terminal"
import { renderHeapHistory } from "../../../../host/sinks/svg/heap-history-svg"
import { renderHeapMap } from "../../../../host/sinks/svg/heap-map-svg"
import { renderSnapshot } from "../../../../host/sinks/terminal/snapshot-terminal"
import { diffSnapshots } from "../../../../host/analysis/snapshot/diff"
import { HeapHistory } from "../../../../host/analysis/snapshot/heap-history"
import { exactFigures, type Snapshot } from "../../../../host/documents/snapshot"
import { SnapshotView } from "../../../../host/analysis/snapshot/snapshot-view"
import { small } from "../../analysis/snapshot/small-snapshot"

const EVIL = `\u001b[31m\u202e<script>alert("1")</script>&\n\u0007`

/** A snapshot whose every text comes from somebody who means harm. */
function evil(): Snapshot {
    const snapshot = small()
    snapshot.program.entry = EVIL
    snapshot.board.id = EVIL
    snapshot.taken = { kind: "text", atMs: 5, text: EVIL }
    snapshot.places[0]!.file = EVIL
    for (const node of snapshot.nodes.slice(2))
        Object.assign(node, { class: EVIL, name: EVIL, path: EVIL, text: EVIL })
    for (const { edges } of snapshot.nodes) for (const edge of edges) edge.name = EVIL
    return snapshot
}

/** The boxes of a picture's blocks: their areas in px, by title. */
function boxes(svg: string): { title: string; width: number }[] {
    const blocks = svg.matchAll(/<path [^>]*d="([^"]*)"><title>([^<]*)<\/title>/g)
    return Array.from(blocks, ([, path, title]) => ({
        title: title!,
        width: [...path!.matchAll(/M[\d.]+ \d+h([\d.]+)v/g)].reduce(
            (sum, [, width]) => sum + Number(width),
            0,
        ),
    }))
}

describe("the map", () => {
    test("draws every block as wide as it is large, but for the line between two", () => {
        const drawn = boxes(renderHeapMap(small()))
        // A row of 256 bytes is 1,024 px.
        expect(drawn.map(({ width }) => width)).toEqual([40, 20, 40].map(bytes => bytes * 4 - 1))
    })

    test("tells of each block what it is and what holds it", () => {
        const titles = boxes(renderHeapMap(small())).map(({ title }) => title)
        expect(titles).toEqual([
            "a (Buffer) · made at a.ts:1 · 40 B at +0x0",
            "garbage: texts · 20 B at +0x28",
            "free · 40 B at +0x3c",
        ])
    })

    test("divides a block over the rows it lies in", () => {
        const snapshot = small()
        exactFigures(snapshot, "this").capacityBytes = 65_524
        snapshot.blocks = [[1000, 65_524, "buffer", "live"]]
        const [block] = boxes(renderHeapMap(snapshot))
        // 64 rows of 1,024 bytes, the last of them 12 bytes short.
        expect(block!.width).toBe(65_524 - 1)
    })
})

test("the history draws each row's figures to scale", () => {
    const history = new HeapHistory()
    const block = (address: number, bytes: number, type: "map" | "free", live?: boolean) => ({
        ...{ address, bytes, type, pinned: false },
        ...(live !== undefined && { live }),
    })
    history.add(10, [block(0, 40, "map", true), block(40, 20, "map", false), block(60, 40, "free")])
    history.add(20, [block(0, 100, "free")])
    expect(history.rows).toMatchObject([
        { atMs: 10, liveBytes: 40, garbageBytes: 20, freeBytes: 40, largestFreeBytes: 40 },
        { atMs: 20, liveBytes: 0, garbageBytes: 0, freeBytes: 100, largestFreeBytes: 100 },
    ])
    const svg = renderHeapHistory(history.rows, small())
    expect(svg).toContain("10 ms: 40 B live, 20 B garbage, 40 B free, largest free block 40 B")
    expect(svg).toContain("20 ms: 0 B live, 0 B garbage, 100 B free, largest free block 100 B")
    // The panel is 220 px wide: 40 % live, 20 % garbage, then the hole.
    for (const part of ["M0 92h88v", "M88 92h44v", "M132 92h88v"]) expect(svg).toContain(part)
})

describe("texts of a program", () => {
    test.each([
        ["map", () => renderHeapMap(evil())],
        ["history", () => renderHeapHistory([], evil())],
    ])("cannot get out of the picture: %s", (_name, render) => {
        const svg = render()
        expect(svg).not.toContain("<script")
        // oxlint-disable-next-line no-control-regex -- they are what must not be there
        expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
        expect(svg).toContain("&lt;script&gt;")
    })

    test.each([40, 80, 120])("cannot get out of the terminal's %i columns", width => {
        const style = { colors: createColors(false), width }
        const view = new SnapshotView(evil())
        const other = new SnapshotView({ ...evil(), seed: 2 })
        const text = [
            renderSnapshot(view, 10, style, { note: EVIL }),
            renderDiff(diffSnapshots(view, other), 10, style),
            renderDiff(diffSnapshots(new SnapshotView(small()), view), 10, style),
        ].join("\n")
        // oxlint-disable-next-line no-control-regex -- they are what must not be there
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
        for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width)
    })
})

test("a long path costs the title its own start, never what and when", () => {
    const snapshot = small()
    snapshot.program.entry = `/${"folder/".repeat(40)}main.ts`
    snapshot.taken = { kind: "panic", atMs: 6800 }
    const what = /^Heap of ….*der\/main\.ts on test at its death after 6.8 s$/
    for (const width of [60, 80, 120]) {
        const style = { colors: createColors(false), width }
        const [title] = renderSnapshot(new SnapshotView(snapshot), 5, style).split("\n")
        expect(title).toMatch(what)
        expect(stringWidth(title!)).toBe(width)
    }
    const [heading] = renderHeapMap(snapshot).match(/(?<=<text [^>]*>)Heap of[^<]*/)!
    expect(heading).toMatch(what)

    const diff = diffSnapshots(new SnapshotView(snapshot), new SnapshotView(small()))
    const shown = renderDiff(diff, 5, { colors: createColors(false), width: 60 })
    expect(shown.replaceAll("\n", "")).toContain(snapshot.program.entry)
})
