import { expect, test } from "vitest"
import * as library from "../../src/index"

test("the library has neither its own argument checks nor an example's order among its names", () => {
    const names = Object.keys(library)
    expect(names).toContain("RingBuffer")
    expect(names).toContain("MAX_BUFFER_BYTES")
    expect(names.filter(name => /^(?:fail|check)|order/i.test(name))).toEqual([])
})
