import fc from "fast-check"
import { createColors } from "picocolors"
import stringWidth from "string-width"
import { describe, expect, it } from "vitest"
import { ansiToCells } from "../../../../../host/sinks/terminal/charts/ansi-cells"
import { renderTimeline } from "../../../../../host/sinks/terminal/charts/timeline"
import { sawtooth } from "../sample-run"

const plain = (width: number) => ({ colors: createColors(false), width })
const capacityBytes = 65_524

describe("renderTimeline", () => {
    it("draws live bytes solid, garbage dotted, and labels bytes and time", () => {
        const samples = sawtooth(100, 0).map((sample, i) => ({
            ...sample,
            // Half the heap is live; garbage fills a quarter more in the second half.
            liveBytes: capacityBytes / 2,
            usedBytes: (capacityBytes * (i < 50 ? 2 : 3)) / 4,
        }))
        const options = { fromMs: 0, toMs: 10_000, capacityBytes, rows: 4 }
        expect(renderTimeline(samples, options, plain(30)).split("\n")).toEqual([
            "65.5 kB ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌",
            "        │",
            "49.1 kB ┤          ⢸⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿",
            "32.8 kB ┤█████████████████████",
            "16.4 kB ┤█████████████████████",
            "    0 B └┬─┴──┴──┴──┴──┴──┴──┴",
            "         0                10 s",
        ])
    })

    it("draws garbage as blocks where there are colours, and leaves no gap above live bytes", () => {
        const samples = sawtooth(100, 0).map(sample => ({
            ...sample,
            liveBytes: (capacityBytes * 3) / 8,
            usedBytes: (capacityBytes * 7) / 8,
        }))
        const options = { fromMs: 0, toMs: 10_000, capacityBytes, rows: 4 }
        const style = { colors: createColors(true), width: 30 }
        const rows = ansiToCells(renderTimeline(samples, options, style)).slice(1, 5)
        const gray = 8
        const blue = 12
        const looks = rows.map(row => {
            const plot = row.slice(9)
            expect(new Set(plot.map(cell => cell.text)).size).toBe(1)
            const [first] = plot
            return [first?.text, first?.style.foreground, first?.style.background]
        })
        expect(looks).toEqual([
            ["▄", gray, undefined],
            ["█", gray, undefined],
            ["▄", blue, gray],
            ["█", blue, undefined],
        ])
    })

    it("shows a peak of one sample in ten thousand, and where collections ran", () => {
        const samples = sawtooth(10_000, 0).map((sample, i) => ({
            ...sample,
            usedBytes: i === 5000 ? capacityBytes : 3108,
            liveBytes: 3108,
            collections: i > 5000 ? 1 : 0,
        }))
        const options = { fromMs: 0, toMs: 1_000_000, capacityBytes, rows: 8 }
        const lines = renderTimeline(samples, options, plain(80)).split("\n")
        const column = lines[1]?.search(/[\u2800-\u28ff]/) ?? -1
        expect(column).toBeGreaterThan(40)
        expect(column).toBeLessThan(50)
        expect(lines.at(-2)?.indexOf("┴")).toBe(column)
    })

    it("marks a death where it happened on a longer scale, and draws nothing after it", () => {
        const options = { fromMs: 0, toMs: 20_000, endMs: 10_000, capacityBytes, died: true }
        const lines = renderTimeline(sawtooth(100, 600), options, plain(60)).split("\n")
        const cross = lines.at(-2)?.indexOf("✗") ?? -1
        expect(cross).toBeGreaterThan(30)
        expect(cross).toBeLessThan(38)
        for (const line of lines.slice(1, -2))
            expect(stringWidth(line)).toBeLessThanOrEqual(cross + 1)
    })

    it("is as wide as it may be and never wider, as high as asked, with and without colour", () => {
        const spans = fc.record({
            count: fc.integer({ min: 0, max: 300 }),
            leak: fc.integer({ min: 0, max: 300 }),
            stepMs: fc.constantFrom(0.5, 1, 100, 60_000, 86_400_000),
            width: fc.integer({ min: 20, max: 200 }),
            rows: fc.integer({ min: 1, max: 20 }),
            color: fc.boolean(),
        })
        fc.assert(
            fc.property(spans, ({ count, leak, stepMs, width, rows, color }) => {
                const options = { fromMs: 0, toMs: count * stepMs, capacityBytes, rows }
                const style = { colors: createColors(color), width }
                const chart = renderTimeline(sawtooth(count, leak, stepMs), options, style)
                const widths = chart.split("\n").map(line => stringWidth(line))
                expect(widths).toHaveLength(rows + 3)
                expect(Math.max(...widths)).toBe(width)
            }),
        )
    })
})
