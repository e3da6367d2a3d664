import * as fc from "fast-check"
import { expect, test } from "vitest"
import { BlockPool, KEPT_BLOCKS } from "../../src/block-pool"

function classOf(bytes: number): number {
    return bytes <= 64 ? 0 : bytes <= 1024 ? 1 : 2
}

test("a block pool hands out each block to one user, reuses, and keeps at most 10 a class", () => {
    const sizes = fc.constantFrom(1, 33, 64, 65, 500, 1024, 1025, 2048, 2049, 5000)
    const steps = fc.array(
        fc.record({ allocate: fc.integer({ min: 0, max: 2 }), bytes: sizes, at: fc.nat(50) }),
        { maxLength: 200 },
    )
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 30 }), steps, (capacity, ops) => {
            const pool = new BlockPool(capacity)
            const out: Buffer[] = []
            let kept: Buffer[] = []
            let [refused, most, allocated, reused, dropped] = [0, 0, 0, 0, 0]
            for (const { allocate, bytes, at } of ops) {
                if (allocate > 0) {
                    const block = pool.allocate(bytes)
                    if (out.length === capacity) {
                        expect(block).toBeUndefined()
                        refused++
                        continue
                    }
                    allocated++
                    expect(out).not.toContain(block)
                    out.push(block as Buffer)
                    const fits = kept.filter(
                        other => classOf(other.length) === classOf(bytes) && other.length >= bytes,
                    )
                    if (fits.length > 0) {
                        reused++
                        expect(fits).toContain(block)
                        kept = kept.filter(other => other !== block)
                    }
                    expect(block?.length).toBeGreaterThanOrEqual(bytes)
                    expect(classOf((block as Buffer).length)).toBe(classOf(bytes))
                } else if (out.length > 0) {
                    const [block] = out.splice(at % out.length, 1) as [Buffer]
                    pool.release(block)
                    expect(() => pool.release(block)).toThrow(RangeError)
                    const others = kept.filter(
                        other => classOf(other.length) === classOf(block.length),
                    )
                    if (others.length < KEPT_BLOCKS) kept.push(block)
                    else dropped++
                }
                most = Math.max(most, out.length)
                expect(pool.stats()).toEqual({
                    capacity,
                    length: out.length,
                    highWaterMark: most,
                    refused,
                    allocated,
                    reused,
                    dropped,
                })
                expect(pool.available()).toBe(capacity - out.length)
                expect(pool.isEmpty()).toBe(out.length === 0)
                expect(pool.isFull()).toBe(out.length === capacity)
                expect(pool.reuseRate()).toBe(allocated === 0 ? 0 : reused / allocated)
            }
        }),
        { numRuns: 60 },
    )
})

test("the brief's workload: 100 blocks in a row, all but the first of each class reused", () => {
    const pool = new BlockPool(1)
    for (let i = 0; i < 100; i++) {
        const block = pool.allocate(32 + (i % 64)) as Buffer
        block.fill(i)
        pool.release(block)
    }
    expect([pool.allocated, pool.reused, pool.reuseRate()]).toEqual([100, 98, 0.98])
})

test("clear gives up the kept blocks, not those handed out", () => {
    const pool = new BlockPool(3)
    const first = pool.allocate(64) as Buffer
    const second = pool.allocate(64) as Buffer
    pool.release(first)
    pool.clear()
    expect(pool.length).toBe(1)
    expect(pool.allocate(64)).not.toBe(first)
    pool.release(second)
    expect(pool.allocate(64)).toBe(second)
})

test("wrong use says what is wrong", () => {
    const pool = new BlockPool(2)
    const block = pool.allocate(10) as Buffer
    pool.release(block)
    expect(() => pool.release(block)).toThrow(
        new RangeError("block must be handed out, but was given back already"),
    )
    pool.allocate(10)
    expect(() => pool.release(Buffer.alloc(64))).toThrow(
        new RangeError("block must be handed out, but is not out of this pool"),
    )
    expect(() => new BlockPool(0)).toThrow("capacity must be an integer from 1 to 57332, got 0")
    expect(() => pool.allocate(0)).toThrow("bytes must be an integer from 1 to 56320, got 0")
    expect(() => pool.allocate(56_321)).toThrow(RangeError)
    expect(() => pool.allocate("5" as unknown as number)).toThrow(TypeError)
    expect(pool.allocate(56_320)?.length).toBe(56_320)
})
