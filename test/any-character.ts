import fc from "fast-check"

const FIRST_SURROGATE = 0xd800
const SURROGATES = 0x800
const LAST = 0x10ffff

/**
 * Any character of Unicode, as a unit of `fc.string`. Its own for that, `"binary"`, makes a table of all million
 * of them in each process: 1 s of the processor and 80 MB.
 */
export const anyCharacter = fc.integer({ min: 0, max: LAST - SURROGATES }).map(
    n => String.fromCodePoint(n < FIRST_SURROGATE ? n : n + SURROGATES),
    text => {
        const point = typeof text === "string" ? (text.codePointAt(0) ?? -1) : -1
        const isSurrogate = point >= FIRST_SURROGATE && point < FIRST_SURROGATE + SURROGATES
        if (point < 0 || isSurrogate || text !== String.fromCodePoint(point))
            throw new Error("no single character")
        return point < FIRST_SURROGATE ? point : point - SURROGATES
    },
)
