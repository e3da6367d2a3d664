import * as fc from "fast-check"
import { expect, test } from "vitest"
import { BlockPool } from "../../src/block-pool"

const SIZES = [32, 100, 1000]

test("a block pool hands out each block to one user, of the smallest class that holds it, and reuses", () => {
    const steps = fc.array(
        fc.record({
            allocate: fc.integer({ min: 0, max: 2 }),
            bytes: fc.constantFrom(1, 32, 33, 100, 101, 999, 1000),
            at: fc.nat(50),
        }),
        { maxLength: 200 },
    )
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 30 }), steps, (capacity, ops) => {
            const pool = new BlockPool(capacity, SIZES)
            const out: Buffer[] = []
            let kept: Buffer[] = []
            let [refused, most, allocated, reused, handedBytes, wastedBytes] = [0, 0, 0, 0, 0, 0]
            for (const { allocate, bytes, at } of ops) {
                if (allocate > 0) {
                    const block = pool.allocate(bytes)
                    if (out.length === capacity) {
                        expect(block).toBeUndefined()
                        refused++
                        continue
                    }
                    const size = SIZES.find(each => each >= bytes)!
                    allocated++
                    handedBytes += size
                    wastedBytes += size - bytes
                    expect(block?.length).toBe(size)
                    expect(out).not.toContain(block)
                    out.push(block as Buffer)
                    const fits = kept.filter(other => other.length === size)
                    if (fits.length > 0) {
                        reused++
                        expect(fits).toContain(block)
                        kept = kept.filter(other => other !== block)
                    }
                } else if (out.length > 0) {
                    const [block] = out.splice(at % out.length, 1) as [Buffer]
                    pool.release(block)
                    expect(() => pool.release(block)).toThrow(RangeError)
                    kept.push(block)
                }
                most = Math.max(most, out.length)
                expect(pool.stats()).toEqual({
                    capacity,
                    length: out.length,
                    highWaterMark: most,
                    refused,
                    allocated,
                    reused,
                    handedBytes,
                    wastedBytes,
                })
                expect(pool.available()).toBe(capacity - out.length)
                expect(pool.isEmpty()).toBe(out.length === 0)
                expect(pool.isFull()).toBe(out.length === capacity)
                expect(pool.reuseRate()).toBe(allocated === 0 ? 0 : reused / allocated)
                expect(pool.innerWaste()).toBe(allocated === 0 ? 0 : wastedBytes / handedBytes)
            }
        }),
        { numRuns: 60 },
    )
})

test("the brief's workload: 100 blocks in a row, all but the first of each class reused", () => {
    const pool = new BlockPool(1, [64, 1024])
    for (let i = 0; i < 100; i++) {
        const block = pool.allocate(32 + (i % 64)) as Buffer
        block.fill(i)
        pool.release(block)
    }
    expect([pool.allocated, pool.reused, pool.reuseRate()]).toEqual([100, 98, 0.98])
})

test("clear gives up the kept blocks, not those handed out", () => {
    const pool = new BlockPool(3, [64])
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
    const pool = new BlockPool(2, [64, 56_320])
    const block = pool.allocate(10) as Buffer
    pool.release(block)
    expect(() => pool.release(block)).toThrow(
        new RangeError("block must be handed out, but was given back already"),
    )
    pool.allocate(10)
    expect(() => pool.release(Buffer.alloc(64))).toThrow(
        new RangeError("block must be handed out, but is not out of this pool"),
    )
    expect(() => new BlockPool(0, [64])).toThrow(
        "capacity must be an integer from 1 to 57332, got 0",
    )
    expect(() => new BlockPool(1, [])).toThrow("number of sizes must be an integer from 1")
    expect(() => new BlockPool(1, [64, 64])).toThrow(
        "sizes must be an integer from 65 to 57332, got 64",
    )
    expect(() => pool.allocate(0)).toThrow("bytes must be an integer from 1 to 56320, got 0")
    expect(() => pool.allocate(56_321)).toThrow(RangeError)
    expect(() => pool.allocate("5" as unknown as number)).toThrow(TypeError)
    expect(pool.allocate(56_320)?.length).toBe(56_320)
})
