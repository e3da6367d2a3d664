import { createHash } from "node:crypto"
import { posix } from "node:path"
import fc from "fast-check"
import { expect, it } from "vitest"
import { concatBytes, includesBytes } from "../../../host/base/bytes"
import { fromHex, toHex } from "../../../host/base/hex"
import { joinPath } from "../../../host/base/join-path"
import { sha256 } from "../../../host/base/sha256"

// Node's own are the oracles: what may not use them must not differ from them.

const bytes = fc.uint8Array({ maxLength: 300 })
/** Few different bytes, so that runs of them are found. */
const dull = (maxLength: number) => fc.uint8Array({ maxLength, max: 2 })

it("joins bytes as Buffer does", () => {
    fc.assert(
        fc.property(fc.array(bytes), parts => {
            expect(concatBytes(parts)).toEqual(new Uint8Array(Buffer.concat(parts)))
        }),
    )
})

it("finds bytes in bytes as Buffer does", () => {
    fc.assert(
        fc.property(dull(40), dull(4), (all, wanted) => {
            expect(includesBytes(all, wanted)).toBe(Buffer.from(all).includes(Buffer.from(wanted)))
        }),
        { numRuns: 500 },
    )
})

it("writes and reads hex as Buffer does", () => {
    fc.assert(
        fc.property(bytes, all => {
            expect(toHex(all)).toBe(Buffer.from(all).toString("hex"))
            expect(fromHex(toHex(all))).toEqual(all)
        }),
    )
    for (const text of ["", "0", "0A", "abc", "zz00", "00zz11"])
        expect(fromHex(text)).toEqual(new Uint8Array(Buffer.from(text, "hex")))
})

it("takes the SHA-256 that OpenSSL takes", async () => {
    await fc.assert(
        fc.asyncProperty(bytes, async all => {
            expect(await sha256(all)).toBe(createHash("sha256").update(all).digest("hex"))
        }),
    )
})

it("joins paths as POSIX does", () => {
    const path = fc
        .array(fc.constantFrom("..", ".", "src", "main.ts", ""), { maxLength: 6 })
        .map(parts => parts.join("/"))
    fc.assert(
        fc.property(path, path, (folder, file) => {
            // A slash at the end says nothing of a file.
            const expected = posix.join(folder, file).replace(/(?<=.)\/$/, "")
            expect(joinPath(folder, file)).toBe(expected)
        }),
        { numRuns: 1000 },
    )
})
