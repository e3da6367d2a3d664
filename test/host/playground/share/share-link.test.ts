import { deflateRawSync } from "node:zlib"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { MAX_PROJECT_BYTES, whyNotNamed } from "../../../../host/playground/editor/file-name"
import { PROJECT_ROOT, type Project } from "../../../../host/playground/project"
import { lengthWarning } from "../../../../host/playground/share/link-length"
import { isShareLink } from "../../../../host/playground/share/is-share-link"
import { readShareHash, shareHash } from "../../../../host/playground/share/share-link"

const name = fc
    .tuple(
        fc.constantFrom("", "src/", "constructor/", "a/b/"),
        fc.stringMatching(/^[a-zA-Z_][\w-]{0,9}$/),
    )
    .map(([folder, word]) => `${folder}${word}.ts`)
    .filter(text => whyNotNamed(text, []) === undefined)
const flags = fc.record(
    {
        ...{ board: fc.string({ maxLength: 50 }), world: fc.constantFrom("none", "strict") },
        ...{ heap: fc.constant("20KiB"), seed: fc.nat().map(String) },
        ...{ for: fc.constant("10s"), speed: fc.constantFrom("1x", "max") },
    },
    { requiredKeys: [] },
)
const project: fc.Arbitrary<Project> = fc
    .record({
        title: fc.string({ maxLength: 100 }),
        names: fc
            .uniqueArray(name, { minLength: 1, maxLength: 8, selector: one => one.toLowerCase() })
            .filter(names =>
                names.every((one, at) => whyNotNamed(one, names.slice(0, at)) === undefined),
            ),
        texts: fc.array(fc.string({ unit: "grapheme", maxLength: 300 }), {
            ...{ minLength: 8, maxLength: 8 },
        }),
        flags,
    })
    .map(({ title, names, texts, flags }) => ({
        ...{ title, root: PROJECT_ROOT, entry: names[0]!, flags },
        files: Object.fromEntries(names.map((one, at) => [one, texts[at]!])),
    }))

/** A link around whatever. */
const around = (bytes: Uint8Array | string) =>
    `#p=1.${Buffer.from(deflateRawSync(bytes)).toString("base64url")}`
const ofValue = (value: unknown) => around(JSON.stringify(value))
const VALID = {
    ...{ title: "t", ofPackage: false, entry: "main.ts", flags: {} },
    files: [["main.ts", "let a = 1"]],
}

test("any project comes out as it went in, with its moment", async () => {
    await fc.assert(
        fc.asyncProperty(project, fc.option(fc.nat(), { nil: undefined }), async (one, atMs) => {
            const hash = await shareHash({ project: one, ...(atMs !== undefined && { atMs }) })
            expect(hash).toMatch(/^#p=1\.[\w-]+$/)
            expect(isShareLink(hash)).toBe(true)
            const read = await readShareHash(hash)
            expect(read).toEqual({ project: one, ...(atMs !== undefined && { atMs }) })
        }),
        { numRuns: 100 },
    )
})

test("a link that is cut off or garbled is refused in one sentence", async () => {
    const hash = await shareHash({
        project: {
            ...{ title: "t", root: PROJECT_ROOT, entry: "main.ts", flags: {} },
            files: { "main.ts": "for (let i = 0; i < 10; i++) console.log(i * i)\n".repeat(9) },
        },
    })
    await fc.assert(
        fc.asyncProperty(fc.nat(hash.length - 1), fc.string(), async (at, junk) => {
            for (const bad of [hash.slice(0, at), `#p=1.${junk}`, hash.slice(0, at) + junk]) {
                const message = await readShareHash(bad).then(
                    // What was left off may have been of no account.
                    ({ project: { entry } }) => entry,
                    (error: Error) => `${error.constructor.name} ${error.message}`,
                )
                expect(message).toMatch(
                    /^main\.ts$|^UserError This (link|project) cannot be opened: [^\n]+\.$/,
                )
            }
        }),
        { numRuns: 200 },
    )
})

describe("is refused", () => {
    const cases: [string, () => string, RegExp][] = [
        ["another version", () => "#p=2.abc", /another version/],
        ["a bomb", () => around(Buffer.alloc(30_000_000)), /too large/],
        ["a very long one", () => `#p=1.${"a".repeat(3_000_000)}`, /too long/],
        ["a number", () => ofValue(7), /form of a project/],
        ["no files", () => ofValue({ ...VALID, files: [] }), /no program/],
        [
            "too much text",
            () => ofValue({ ...VALID, files: [["main.ts", "x".repeat(MAX_PROJECT_BYTES + 1)]] }),
            /more than/,
        ],
        [
            "too many files",
            () =>
                ofValue({
                    ...VALID,
                    files: Array.from({ length: 65 }, (_, i) => [`f${i}.ts`, ""]),
                }),
            /more than 64/,
        ],
        [
            "a name that leads out",
            () => ofValue({ ...VALID, files: [["../main.ts", ""]] }),
            /name that cannot be/,
        ],
        [
            "a name that is a script",
            () => ofValue({ ...VALID, files: [["<img src=x onerror=alert(1)>.ts", ""]] }),
            /name that cannot be/,
        ],
        [
            "a file twice",
            () =>
                ofValue({
                    ...VALID,
                    files: [
                        ["main.ts", ""],
                        ["MAIN.ts", ""],
                    ],
                }),
            /name that cannot be/,
        ],
        [
            "a library of the package",
            () =>
                ofValue({
                    ...VALID,
                    ofPackage: true,
                    entry: "src/index.ts",
                    files: [["src/index.ts", ""]],
                }),
            /outside of devs/,
        ],
        [
            "a world that is not there",
            () => ofValue({ ...VALID, flags: { scenario: "/etc/passwd" } }),
            /not the world/,
        ],
        [
            "an endless flag",
            () => ofValue({ ...VALID, flags: { heap: "9".repeat(101) } }),
            /form of a project/,
        ],
        ["a moment that is none", () => ofValue({ ...VALID, atMs: -1 }), /form of a project/],
    ]
    test.each(cases)("%s", async (_, hash, why) => {
        await expect(readShareHash(hash())).rejects.toThrow(why)
    })
})

test("keys of prototypes change nothing", async () => {
    const text = JSON.stringify(VALID).replace(
        "{",
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    )
    const { project: read } = await readShareHash(
        around(text.replace('"flags":{}', '"flags":{"__proto__":{"world":"strict"}}')),
    )
    expect(read.flags).toEqual({})
    expect(read.flags.world).toBeUndefined()
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(Object.keys(read).sort()).toEqual(["entry", "files", "flags", "root", "title"])
})

test("the longer a link, the more is said of where it gets lost", () => {
    expect(lengthWarning(1999)).toBeUndefined()
    const warnings = [2001, 8001, 32_769, 65_537, 2_097_153].map(lengthWarning)
    expect(new Set(warnings).size).toBe(5)
    for (const warning of warnings) expect(warning).toMatch(/^It has [\d,]+ characters: .+\.$/)
})
