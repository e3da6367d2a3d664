import * as fc from "fast-check"
import { expect, test } from "vitest"
import type { ReadonlyBytes } from "../../src/byte-fields"
import { toOwned } from "../../src/copy-on-write"

test("the borrowed value is copied by the first change and never changes", () => {
    const changes = fc.array(fc.record({ at: fc.nat(7), value: fc.nat(255) }))
    fc.assert(
        fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), changes, (bytes, steps) => {
            const borrowed = Buffer.from(bytes)
            let value: ReadonlyBytes = borrowed
            const copies = new Set<unknown>()
            const model = [...bytes]
            for (const { at, value: byte } of steps) {
                const own = toOwned(value, borrowed)
                own[at] = byte
                model[at] = byte
                copies.add(own)
                value = own
            }
            expect([...(value as Buffer)]).toEqual(model)
            expect([...borrowed]).toEqual([...bytes])
            expect(copies.size).toBe(steps.length === 0 ? 0 : 1)
            expect(value === borrowed).toBe(steps.length === 0)
        }),
    )
})
