import fc from "fast-check"
import { expect, test } from "vitest"
import { framesOf, type Frame } from "../../../../host/analysis/profile/profile-frames"
import { renderFlameGraph } from "../../../../host/sinks/svg/flame-graph"
import { formatBytes } from "../../../../host/base/format-units"
import { sampleTree } from "../../analysis/profile/sample-profile"
import { expectWellFormed } from "./well-formed"
import { anyCharacter } from "../../../any-character"

const words = { title: "Bytes allocated", subtitle: "on a <pico> & more", format: formatBytes }

/** The boxes: x, y and width, by what shows when the pointer rests on them. */
function boxes(svg: string) {
    const found = svg.matchAll(
        /<g><title>([^<]*)<\/title><rect x="([\d.]+)" y="(\d+)" width="([\d.]+)"/g,
    )
    return Array.from(found, ([, title, x, y, width]) => ({
        title: title!,
        ...{ x: Number(x), y: Number(y), width: Number(width) },
    }))
}

test("a frame is as wide as its share, above who called it", () => {
    const svg = renderFlameGraph(framesOf(sampleTree(), "allocated"), words)
    const all = boxes(svg)
    const [root, main, map] = ["all", "main", "map"].map(name =>
        all.find(({ title }) => title.startsWith(name))!,
    )
    expect(main!.width / root!.width).toBeCloseTo(1000 / 1050, 2)
    expect(map!.width / root!.width).toBeCloseTo(600 / 1050, 2)
    expect(main!.y).toBeLessThan(root!.y)
    expect(map!.y).toBeLessThan(main!.y)
    expect(map!.title).toBe("map  node_modules/lib/array.ts:9\n600 B, 57.1 %")
})

test("names are escaped, and nothing comes from outside", () => {
    const svg = renderFlameGraph(framesOf(sampleTree(), "allocated"), words)
    expectWellFormed(svg)
    expect(svg).toContain("&lt;b a=&quot;1&quot;&gt;&amp;;]]&gt;  src/order.ts:20")
    expect(svg).toContain("on a &lt;pico&gt; &amp; more")
    expect(svg).not.toMatch(/href|url\(|@import|<script/)
    expect(renderFlameGraph(framesOf(sampleTree(), "allocated"), words)).toBe(svg)
})

test("whatever the tree, the picture is well-formed and its boxes stay inside", () => {
    const { frame } = fc.letrec<{ frame: Frame }>(tie => ({
        frame: fc
            .record({
                name: fc.string({ unit: anyCharacter, maxLength: 8 }),
                own: fc.nat(100),
                children: fc.oneof(
                    { maxDepth: 4 },
                    fc.constant<Frame[]>([]),
                    fc.array(tie("frame"), { maxLength: 3 }),
                ),
            })
            .map(({ name, own, children }) => ({
                ...{ name, kind: "program" as const, children },
                value: children.reduce((sum, child) => sum + child.value, own),
            })),
    }))
    fc.assert(
        fc.property(frame, root => {
            const svg = renderFlameGraph(root, words)
            expectWellFormed(svg)
            const outside = boxes(svg).filter(({ x, width }) => x < 16 || x + width > 1184.5)
            expect(outside).toEqual([])
        }),
    )
})

test("a profile of nothing is a picture all the same", () => {
    expectWellFormed(
        renderFlameGraph({ name: "(root)", kind: "program", value: 0, children: [] }, words),
    )
})
