import { isUtf8 } from "node:buffer"
import { createHash } from "node:crypto"
import * as path from "node:path"
import { isDeepStrictEqual, stripVTControlCharacters } from "node:util"
import { constants, deflateRawSync, inflateRawSync } from "node:zlib"
import fc from "fast-check"
import { beforeAll, expect, test } from "vitest"
import { platformInATab, type Platform } from "./in-a-tab"

let tab: Platform
beforeAll(async () => {
    tab = await platformInATab()
})

/** Pieces of paths, as odd as they come. */
const pathText = fc
    .array(fc.constantFrom("a", "bc", ".", "..", "", "/", "x.ts", ".devs", "é b", "a.b.c"), {
        maxLength: 7,
    })
    .map(parts => parts.join("/"))

test("paths are taken apart and put together as Node does on Linux", () => {
    fc.assert(
        fc.property(pathText, pathText, (a, b) => {
            for (const name of [
                "basename",
                "dirname",
                "extname",
                "isAbsolute",
                "normalize",
            ] as const)
                expect(tab.path[name](a), name).toBe(path.posix[name](a))
            expect(tab.path.basename(a, ".ts")).toBe(path.posix.basename(a, ".ts"))
            expect(tab.path.join(a, b)).toBe(path.posix.join(a, b))
            // What is not absolute starts at the tab's own root.
            expect(tab.path.resolve("/", a, b)).toBe(path.posix.resolve("/", a, b))
            const [from, to] = [path.posix.resolve("/", a), path.posix.resolve("/", b)]
            expect(tab.path.relative(from, to)).toBe(path.posix.relative(from, to))
            expect(tab.path.resolve(a)).toBe(path.posix.resolve("/", a))
        }),
        { numRuns: 1000 },
    )
    expect(tab.path.sep).toBe(path.posix.sep)
})

test("SHA-256 is Node's, of text and of bytes, in parts", () => {
    const part = fc.oneof(
        fc.string({ unit: fc.constantFrom("a", "\0", "é", "漢", "\u{1f600}") }),
        fc.uint8Array({ maxLength: 300 }),
    )
    fc.assert(
        fc.property(fc.array(part, { maxLength: 5 }), parts => {
            const [ours, theirs] = [tab.crypto.createHash("sha256"), createHash("sha256")]
            for (const one of parts) {
                ours.update(one)
                theirs.update(one)
            }
            expect(ours.digest("hex")).toBe(theirs.digest("hex"))
        }),
    )
    const digest = tab.crypto.createHash("sha256").update("a").digest()
    expect(Buffer.from(digest as Uint8Array)).toEqual(createHash("sha256").update("a").digest())
    expect(() => tab.crypto.createHash("md5")).toThrow("md5")
})

test("what is UTF-8 is what Node takes for it", () => {
    const odd = fc.constantFrom(
        0x00,
        0x7f,
        0x80,
        0xbf,
        0xc0,
        0xc3,
        0xa9,
        0xe2,
        0x82,
        0xed,
        0xa0,
        0xf0,
        0xff,
    )
    fc.assert(
        fc.property(
            fc.oneof(
                fc.uint8Array(),
                fc.array(odd).map(bytes => Uint8Array.from(bytes)),
            ),
            bytes => {
                expect(tab.buffer.isUtf8(bytes)).toBe(isUtf8(bytes))
            },
        ),
        { numRuns: 500 },
    )
})

test("what can be JSON is equal where Node finds it equal", () => {
    fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
            expect(tab.util.isDeepStrictEqual(a, b)).toBe(isDeepStrictEqual(a, b))
            expect(tab.util.isDeepStrictEqual(a, structuredClone(a))).toBe(true)
        }),
    )
})

test("colours are taken from a text as Node takes them", () => {
    const piece = fc.constantFrom(
        "\x1b[31m",
        "\x1b[0m",
        "\x1b[1;4m",
        "\x1b[2K",
        "text",
        "[",
        "m",
        " é",
    )
    fc.assert(
        fc.property(fc.array(piece), pieces => {
            const text = pieces.join("")
            expect(tab.util.stripVTControlCharacters(text)).toBe(stripVTControlCharacters(text))
        }),
    )
})

test("what is packed is unpacked as Node does: cut off, damaged, with more behind it", () => {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 100_000, info: true }
    const unpacked = (inflate: typeof tab.zlib.inflateRawSync, packed: Uint8Array) => {
        try {
            const { buffer, engine } = inflate(packed, options)
            return [Buffer.from(buffer).toString("hex"), engine.bytesWritten]
        } catch {
            return "refused"
        }
    }
    const line = fc.stringMatching(/^[a-e]{0,9}$/).map(word => `${word} at 100 `)
    const damage = fc.record({
        cut: fc.double({ min: 0, max: 1, noNaN: true }),
        flip: fc.option(fc.tuple(fc.nat(), fc.nat(7))),
        behind: fc.uint8Array({ maxLength: 40 }),
        isEnded: fc.boolean(),
        times: fc.constantFrom(1, 40, 4000),
    })
    let whole = 0
    let refused = 0
    fc.assert(
        fc.property(fc.array(line), damage, (lines, { cut, flip, behind, isEnded, times }) => {
            const finishFlush = isEnded ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
            const packed = deflateRawSync(lines.join("").repeat(times), { finishFlush })
            const kept = packed.subarray(0, cut > 0.5 ? packed.length : 2 * cut * packed.length)
            const bytes = Buffer.concat([kept, isEnded && cut > 0.5 ? behind : Buffer.alloc(0)])
            if (flip && bytes.length > 0) bytes[flip[0] % bytes.length]! ^= 1 << flip[1]
            const found = unpacked(tab.zlib.inflateRawSync, bytes)
            if (found === "refused") refused++
            else whole++
            expect(found).toEqual(unpacked(inflateRawSync as never, bytes))
        }),
        { numRuns: 1000 },
    )
    expect(Math.min(whole, refused)).toBeGreaterThan(10)
})
