import { UserError } from "../../base/errors"
import { MAX_PROJECT_BYTES } from "../editor/file-name"
import { fromShared, toShared, type Shared } from "./shared-project"

/** What is behind the `#` of an address that holds a project. The number is the version of the form. */
const PREFIX = "p=1."
/** Of any version, as far as can be known. */
const ANY_VERSION = /^p=(\d+)\./
/** Longest that is read. Characters. Chromium takes no address of more than 2 MiB. */
const MAX_LENGTH = 1_500_000
/** What it may become: all texts of a project, each of their characters escaped, and what is around them. */
const MAX_JSON_BYTES = 2 * MAX_PROJECT_BYTES + 100_000

/** A project as what stands behind the `#` of an address: no server is ever sent that. */
export async function shareHash(shared: Shared): Promise<string> {
    const json = new TextEncoder().encode(JSON.stringify(toShared(shared)))
    const packed = await throughStream(json, new CompressionStream("deflate-raw"), Infinity)
    return `#${PREFIX}${toBase64Url(packed)}`
}

/**
 * The project behind an address's `#`.
 * @throws UserError saying why it cannot be opened, whatever it holds
 */
export async function readShareHash(hash: string): Promise<Shared> {
    const text = hash.replace(/^#/, "")
    if (!text.startsWith(PREFIX)) {
        const [, version] = ANY_VERSION.exec(text) ?? []
        throw refused(
            version === undefined
                ? "it is cut off, or no link to a project"
                : "it was made by another version of this page. Reload the page, which may be an older one",
        )
    }
    if (text.length > MAX_LENGTH) throw refused("it is too long")
    return fromShared(await readJson(text.slice(PREFIX.length)))
}

async function readJson(text: string): Promise<unknown> {
    const packed = fromBase64Url(text)
    try {
        const json = await throughStream(
            packed,
            new DecompressionStream("deflate-raw"),
            MAX_JSON_BYTES,
        )
        return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)) as unknown
    } catch (error) {
        if (error instanceof UserError) throw error
        throw refused("it is damaged or cut off. Copy it whole")
    }
}

/** @param limit bytes that may come out @throws UserError when it is more */
async function throughStream(
    bytes: Uint8Array,
    stream: CompressionStream | DecompressionStream,
    limit: number,
): Promise<Uint8Array> {
    const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream).getReader()
    const parts: Uint8Array[] = []
    let length = 0
    for (;;) {
        const { done, value } = (await reader.read()) as ReadableStreamReadResult<Uint8Array>
        if (done) break
        length += value.length
        if (length > limit) {
            await reader.cancel().catch(() => undefined)
            throw refused("what it holds is too large")
        }
        parts.push(value)
    }
    const whole = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
        whole.set(part, at)
        at += part.length
    }
    return whole
}

function toBase64Url(bytes: Uint8Array): string {
    let text = ""
    for (let at = 0; at < bytes.length; at += 0x2000)
        text += String.fromCharCode(...bytes.subarray(at, at + 0x2000))
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

function fromBase64Url(text: string): Uint8Array {
    if (!/^[\w-]+$/.test(text)) throw refused("it is damaged or cut off. Copy it whole")
    try {
        const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
        return Uint8Array.from(binary, one => one.charCodeAt(0))
    } catch {
        throw refused("it is damaged or cut off. Copy it whole")
    }
}

function refused(why: string): UserError {
    return new UserError("E_VALUE", `This link cannot be opened: ${why}.`)
}
