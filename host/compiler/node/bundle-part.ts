import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import type { UserError } from "../../base/errors"
import { CLI_VERSION } from "../cli-version"

/** A part of the official command line's bundle, and how it is known for the one that we know. */
export interface BundlePart {
    /** For people: `the compiler`. */
    name: string
    /** The text it begins with. */
    start: string
    /** What follows that, for people. */
    followedBy: string
    /** Finds what is wanted of it, as its first group. */
    pattern: RegExp
    /** What is wanted, as the hash below was taken of it. */
    decode: (wanted: string) => Uint8Array
    /** SHA-256 of that in release `CLI_VERSION`. */
    sha256: string
    /** What to throw when it is missing, or another. */
    Mismatch: new (message: string) => UserError
}

/** Every part ends so: it is a CommonJS module in esbuild's wrapper. */
const END = "\n});\n"

/**
 * Takes a part out of the bundle and checks that it is the one we know.
 * @param path of the bundle
 * @returns what is wanted of it
 * @throws the part's `Mismatch`, which says what was expected and found
 */
export function readBundlePart(path: string, part: BundlePart): Uint8Array {
    const { name, start, sha256, Mismatch } = part
    // Its code is ASCII; only a few texts are not.
    const bundle = readFileSync(path, "utf8")
    const from = bundle.indexOf(start)
    const to = bundle.indexOf(END, from)
    const text = from < 0 || to < 0 ? "" : bundle.slice(from, to + END.length)
    const wanted = part.pattern.exec(text)?.[1]
    if (wanted === undefined)
        throw new Mismatch(
            `${path} does not hold ${name} where release ${CLI_VERSION} has it: ` +
                `expected \`${start}\` followed by ${part.followedBy}. Reinstall @devicescript/cli.`,
        )
    const bytes = part.decode(wanted)
    const found = createHash("sha256").update(bytes).digest("hex")
    if (found !== sha256)
        throw new Mismatch(
            `${name} in ${path} is not the one of release ${CLI_VERSION}: ` +
                `expected SHA-256 ${sha256}, found ${found}. Reinstall @devicescript/cli.`,
        )
    return bytes
}
