import { createColors } from "picocolors"
import { describe, expect, test } from "vitest"
import { HeapHistory } from "../../../host/analysis/snapshot/heap-history"
import { BLOCK_LOOKS } from "../../../host/sinks/block-looks"
import { ANSI, COLORS, KINDS, PAPER, QUANTITIES } from "../../../host/sinks/palette"
import { renderFlameGraph } from "../../../host/sinks/svg/flame-graph"
import { renderHeapHistory } from "../../../host/sinks/svg/heap-history-svg"
import { renderHeapMap } from "../../../host/sinks/svg/heap-map-svg"
import { terminalToSvg } from "../../../host/sinks/svg/svg"
import { renderSimReport } from "../../../host/sinks/terminal/sim-terminal"
import { small } from "../analysis/snapshot/small-snapshot"
import { HEAP_START, leakingReport, sampleBlocks, sawtooth } from "./terminal/sample-run"

function pictures(): Record<string, string> {
    const history = new HeapHistory()
    history.add(10, sampleBlocks())
    const style = { colors: createColors(true), width: 80 }
    const extras = { blocks: sampleBlocks(), heapStart: HEAP_START, samples: sawtooth(420, 110) }
    const frame = { name: "main", kind: "program" as const, value: 100, children: [] }
    return {
        terminal: terminalToSvg(renderSimReport(leakingReport(), extras, style), "sim"),
        map: renderHeapMap(small()),
        history: renderHeapHistory(history.rows, small()),
        flame: renderFlameGraph(frame, { title: "a", subtitle: "b", format: String }),
    }
}

/** As a reader with a usual screen sees it, 0 to 1: the formula of WCAG 2. */
function luminance(hex: string): number {
    const [r, g, b] = [1, 3, 5].map(at => {
        const part = parseInt(hex.slice(at, at + 2), 16) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(a: string, b: string): number {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y)
    return (light! + 0.05) / (dark! + 0.05)
}

describe("one palette:", () => {
    test.each(Object.entries(pictures()))("the %s draws in no other colour", (_, svg) => {
        const drawn = svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)
        const known = new Set(COLORS.map(({ dark }) => dark))
        for (const [, color] of drawn) expect(known).toContain(color)
        expect(svg).toContain("prefers-color-scheme:light")
    })

    test("a colour has one twin on light ground", () => {
        const twins = new Map<string, string>()
        for (const { dark, light } of COLORS) {
            expect(twins.get(dark) ?? light, dark).toBe(light)
            twins.set(dark, light)
        }
    })

    test("a colour means one thing: no kind of block looks like what its bytes are", () => {
        const quantities: string[] = Object.values(QUANTITIES).map(({ dark }) => dark)
        const kinds = Object.values(BLOCK_LOOKS).map(({ color }) => color.dark)
        for (const kind of kinds) expect(quantities).not.toContain(kind)
        expect(new Set(kinds).size).toBe(kinds.length)
        const letters = Object.values(BLOCK_LOOKS).map(({ letter }) => letter)
        expect(new Set(letters).size).toBe(letters.length)
    })

    test("everything is seen on its ground", () => {
        const shown = [...Object.values(KINDS), ...ANSI.slice(1), QUANTITIES.live]
        for (const { dark, light } of shown) {
            expect(contrast(dark, PAPER.dark), dark).toBeGreaterThan(3)
            expect(contrast(light, PAPER.light), light).toBeGreaterThan(2.4)
        }
    })
})
