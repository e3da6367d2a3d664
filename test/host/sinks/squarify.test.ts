import fc from "fast-check"
import { expect, it } from "vitest"
import { squarify } from "../../../host/sinks/squarify"

it("gives each value its share of the area, inside, none over another", () => {
    fc.assert(
        fc.property(
            fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 }),
            fc.integer({ min: 50, max: 2000 }),
            fc.integer({ min: 50, max: 2000 }),
            (some, width, height) => {
                const values = some.toSorted((a, b) => b - a)
                const total = values.reduce((sum, value) => sum + value, 0)
                const boxes = squarify(values, { x: 10, y: 20, width, height })
                expect(boxes).toHaveLength(values.length)
                let covered = 0
                for (const [i, box] of boxes.entries()) {
                    const area = box.width * box.height
                    covered += area
                    expect(area / (width * height)).toBeCloseTo(values[i]! / total, 6)
                    expect(box.x).toBeGreaterThanOrEqual(10 - 1e-6)
                    expect(box.y).toBeGreaterThanOrEqual(20 - 1e-6)
                    expect(box.x + box.width).toBeLessThanOrEqual(10 + width + 1e-6)
                    expect(box.y + box.height).toBeLessThanOrEqual(20 + height + 1e-6)
                    for (const other of boxes.slice(0, i)) {
                        const wide =
                            Math.min(box.x + box.width, other.x + other.width) -
                            Math.max(box.x, other.x)
                        const high =
                            Math.min(box.y + box.height, other.y + other.height) -
                            Math.max(box.y, other.y)
                        expect(Math.min(wide, high)).toBeLessThan(1e-6)
                    }
                }
                expect(covered).toBeCloseTo(width * height, 3)
            },
        ),
        { numRuns: 50 },
    )
})

it("makes equal values squares where they can be", () => {
    for (const { width, height } of squarify([1, 1, 1, 1], { x: 0, y: 0, width: 100, height: 100 }))
        expect([width, height]).toEqual([50, 50])
})
