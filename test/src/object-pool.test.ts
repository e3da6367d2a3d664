import * as fc from "fast-check"
import { expect, test } from "vitest"
import { ObjectPool } from "../../src/object-pool"

test("a pool lends each object to one user at a time", () => {
    const steps = fc.array(fc.record({ acquire: fc.boolean(), at: fc.nat(20) }), { maxLength: 60 })
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 6 }), steps, (capacity, ops) => {
            const all: { index: number }[] = []
            const pool = new ObjectPool(capacity, index => {
                const made = { index }
                all.push(made)
                return made
            })
            const out: { index: number }[] = []
            let refused = 0
            let most = 0
            let acquired = 0
            for (const { acquire, at } of ops) {
                if (acquire) {
                    const object = pool.acquire()
                    if (out.length === capacity) {
                        expect(object).toBeUndefined()
                        refused++
                    } else {
                        expect(all).toContain(object)
                        expect(out).not.toContain(object)
                        acquired++
                        out.push(object as { index: number })
                    }
                } else if (out.length > 0) {
                    const [object] = out.splice(at % out.length, 1)
                    pool.release(object as { index: number })
                    expect(() => pool.release(object as { index: number })).toThrow(RangeError)
                }
                most = Math.max(most, out.length)
                expect(pool.stats()).toEqual({
                    capacity,
                    length: out.length,
                    highWaterMark: most,
                    refused,
                    acquired,
                })
                expect(pool.reuseRate()).toBe(acquired === 0 ? 0 : 1 - most / acquired)
                expect(pool.available()).toBe(capacity - out.length)
                expect(pool.isEmpty()).toBe(out.length === 0)
                expect(pool.isFull()).toBe(out.length === capacity)
            }
            expect(all.map(made => made.index)).toEqual(all.map((_, i) => i))
            expect(all.length).toBe(capacity)
        }),
    )
})

test("giving back twice and giving back a stranger are different errors", () => {
    const pool = new ObjectPool(2, () => ({}))
    const object = pool.acquire() as object
    pool.release(object)
    expect(() => pool.release(object)).toThrow(
        new RangeError("object must be lent out, but was given back already"),
    )
    pool.acquire()
    expect(() => pool.release({})).toThrow(
        new RangeError("object must be lent out, but is not from this pool"),
    )
    expect(pool.length).toBe(1)
})

test("clear takes everything back", () => {
    const pool = new ObjectPool(2, index => ({ index }))
    const first = pool.acquire() as object
    pool.clear()
    expect(() => pool.release(first as never)).toThrow("was given back already")
    expect([pool.acquire(), pool.acquire(), pool.acquire()].filter(Boolean).length).toBe(2)
})

test("wrong use names the argument and its range", () => {
    const make = () => ({})
    expect(() => new ObjectPool(0, make)).toThrow(
        "capacity must be an integer from 1 to 7166, got 0",
    )
    expect(() => new ObjectPool(7167, make)).toThrow(RangeError)
    expect(() => new ObjectPool("3" as unknown as number, make)).toThrow(TypeError)
})
