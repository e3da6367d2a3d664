import fc from "fast-check"
import { expect, it } from "vitest"
import { treemap } from "../../../../host/sinks/svg/treemap"

it("each has the share of the area that it has of all, inside of it, and none lies on another", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 30 })
    fc.assert(
        fc.property(sizes, list => {
            const area = { x: 10, y: 20, width: 300, height: 200 }
            const boxes = treemap(
                list.map((size, value) => ({ size, value })),
                area,
            )
            const total = list.reduce((a, b) => a + b, 0)
            expect(boxes.map(({ value }) => value).sort((a, b) => a - b)).toEqual(
                list.flatMap((size, index) => (size > 0 ? index : [])),
            )
            for (const { x, y, width, height, value } of boxes) {
                expect(width * height).toBeCloseTo((60_000 * list[value]!) / total, 3)
                expect(x).toBeGreaterThanOrEqual(10 - 1e-6)
                expect(y).toBeGreaterThanOrEqual(20 - 1e-6)
                expect(x + width).toBeLessThanOrEqual(310 + 1e-6)
                expect(y + height).toBeLessThanOrEqual(220 + 1e-6)
            }
            for (const [i, a] of boxes.entries())
                for (const b of boxes.slice(i + 1)) {
                    const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
                    const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
                    expect(Math.min(wide, high)).toBeLessThan(1e-6)
                }
        }),
        { numRuns: 50 },
    )
})
