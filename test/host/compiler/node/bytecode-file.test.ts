import { writeFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { checkImage, readImage } from "../../../../host/compiler/node/bytecode-file"
import { copyProject } from "./build-project"

/** The smallest image: a header and ten empty sections, filled up to a multiple of 32 bytes. */
function makeImage(): Uint8Array {
    const image = new Uint8Array(128)
    const view = new DataView(image.buffer)
    view.setUint32(0, 0x53766544, true)
    view.setUint32(4, 0xf1296e0a, true)
    view.setUint32(8, 0x02100004, true)
    for (let section = 0; section < 10; section++) view.setUint32(32 + 8 * section, 112, true)
    return image
}

describe("checking an image", () => {
    it("accepts a whole one, of any patch of the release", () => {
        const image = makeImage()
        checkImage(image, "x.devs")
        image[8] = 9
        checkImage(image, "x.devs")
    })

    it.each([
        ["2.15.4", [4, 0, 15, 2]],
        ["2.17.0", [0, 0, 17, 2]],
        ["3.16.4", [4, 0, 16, 3]],
    ])("refuses version %s", (version, bytes) => {
        const image = makeImage()
        image.set(bytes, 8)
        expect(() => checkImage(image, "x.devs")).toThrow(
            `x.devs is bytecode of version ${version}, and 2.16 is needed`,
        )
    })

    it("refuses text, nothing, and what was cut short or added to", () => {
        const text = new TextEncoder().encode("console.log('DevS')")
        for (const bytes of [text, new Uint8Array()])
            expect(() => checkImage(bytes, "x.devs")).toThrow("not DeviceScript bytecode")
        for (let length = 8; length < 128; length++)
            expect(() => checkImage(makeImage().subarray(0, length), "x.devs")).toThrow("damaged")
        expect(() => checkImage(new Uint8Array([...makeImage(), 0]), "x.devs")).toThrow("damaged")
    })

    it("refuses any other magic or section table with an error for people", () => {
        // All but the length of the last section: that may take some of the filling.
        const checked = [...Array(8).keys(), ...Array.from({ length: 76 }, (_, i) => 32 + i)]
        fc.assert(
            fc.property(
                fc.constantFrom(...checked),
                fc.integer({ min: 1, max: 255 }),
                (at, flip) => {
                    const image = makeImage()
                    image[at] = (image[at] as number) ^ flip
                    expect(() => checkImage(image, "x.devs")).toThrow(UserError)
                },
            ),
        )
    })

    it("refuses debug information of another build", () => {
        const folder = copyProject()
        const entry = { name: "x.devs", path: join(folder, "x.devs"), kind: "bytecode" } as const
        const debug = { functions: [], globals: [], srcmap: [], sources: [], binarySHA256: "00" }
        writeFileSync(entry.path, makeImage())
        expect(readImage(entry).debug).toBeUndefined()
        writeFileSync(join(folder, "x-dbg.json"), JSON.stringify(debug))
        expect(() => readImage(entry)).toThrow("x.devs is not what x-dbg.json describes")
        writeFileSync(join(folder, "x-dbg.json"), "{")
        expect(() => readImage(entry)).toThrow("x-dbg.json is damaged")
    })
})
