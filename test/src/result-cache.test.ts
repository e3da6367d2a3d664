import * as fc from "fast-check"
import { expect, test } from "vitest"
import { ResultCache } from "../../src/result-cache"

/** The clock rule, written down plainly. */
class Model {
    entries: { key: number; value: number; asked: boolean }[] = []
    hand = 0
    hits = 0
    misses = 0
    evictions = 0
    constructor(readonly capacity: number) {}
    get(key: number) {
        const entry = this.entries.find(entry => entry.key === key)
        if (!entry) this.misses++
        else {
            this.hits++
            entry.asked = true
        }
        return entry?.value
    }
    set(key: number, value: number) {
        const entry = this.entries.find(entry => entry.key === key)
        const fresh = { key, value, asked: false }
        if (entry) entry.value = value
        else if (this.entries.length < this.capacity) this.entries.push(fresh)
        else {
            for (;;) {
                const slot = this.hand
                this.hand = (slot + 1) % this.capacity
                const candidate = this.entries[slot] as { asked: boolean }
                if (!candidate.asked) {
                    this.entries[slot] = fresh
                    this.evictions++
                    return
                }
                candidate.asked = false
            }
        }
    }
}

test("a cache answers from what it keeps and evicts by the clock rule", () => {
    // Keys that share their last byte are told apart too.
    const keys = fc.constantFrom(0, 1, 2, 3, 256, 257, 512, 65_536, 4_294_967_295, 255)
    const steps = fc.array(
        fc.record({
            op: fc.constantFrom("get", "get", "set", "compute"),
            key: keys,
            value: fc.nat(),
        }),
        { maxLength: 150 },
    )
    fc.assert(
        fc.property(fc.integer({ min: 1, max: 7 }), steps, (capacity, ops) => {
            const cache = new ResultCache<number>(capacity)
            const model = new Model(capacity)
            for (const { op, key, value } of ops) {
                if (op === "get") expect(cache.get(key)).toBe(model.get(key))
                else if (op === "set") {
                    cache.set(key, value)
                    model.set(key, value)
                } else {
                    const kept = model.get(key)
                    if (kept === undefined) model.set(key, value)
                    expect(cache.getOrCompute(key, () => value)).toBe(kept ?? value)
                }
                expect(cache.stats()).toEqual({
                    capacity,
                    length: model.entries.length,
                    highWaterMark: model.entries.length,
                    hits: model.hits,
                    misses: model.misses,
                    evictions: model.evictions,
                })
                expect(cache.available()).toBe(capacity - model.entries.length)
                expect(cache.isFull()).toBe(model.entries.length === capacity)
                expect(cache.isEmpty()).toBe(model.entries.length === 0)
            }
        }),
    )
})

test("what is asked for often stays", () => {
    const cache = new ResultCache<number>(3)
    for (let i = 0; i < 100; i++) {
        cache.getOrCompute(7, key => key)
        cache.getOrCompute(1000 + i, key => key)
    }
    expect([cache.hits, cache.misses, cache.evictions]).toEqual([99, 101, 98])
    expect(cache.hitRate()).toBe(99 / 200)
})

test("clear forgets the results and keeps the counters", () => {
    const cache = new ResultCache<string>(2)
    cache.set(1, "a")
    cache.get(1)
    cache.clear()
    expect([cache.get(1), cache.length, cache.hits]).toEqual([undefined, 0, 1])
    cache.set(2, "b")
    expect(cache.get(2)).toBe("b")
})

test("wrong use names the argument and its range", () => {
    expect(() => new ResultCache(0)).toThrow("capacity must be an integer from 1 to 7166, got 0")
    expect(() => new ResultCache(7167)).toThrow(RangeError)
    const cache = new ResultCache<number>(2)
    for (const key of [-1, 0.5, 4_294_967_296, Number.NaN]) {
        const error = new RangeError(`key must be an integer from 0 to 4294967295, got ${key}`)
        expect(() => cache.get(key)).toThrow(error)
        expect(() => cache.set(key, 1)).toThrow(error)
    }
    expect(() => cache.get("1" as unknown as number)).toThrow(TypeError)
})
