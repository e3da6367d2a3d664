/**
 * A board's configuration in the form its firmware reads (`DCFG`, `jd_dcfg.h` of jacdac-c): a hash table of
 * settings, each a 32-bit number or a string, that `devs dcfg` makes of a `*.board.json`.
 */

/** A board definition as JSON has it. */
export type BoardDefinition = Readonly<Record<string, unknown>>

/** Settings by key; an array's index is one character from U+0080 on. */
export type DcfgSettings = ReadonlyMap<string, string | number>

/** What a configuration begins with. */
export const DCFG_MAGIC = [0x47464344, 0xcab49b0a] as const

const HEADER_BYTES = 88
const ENTRY_BYTES = 24
const MAX_KEY_BYTES = 15
const MAX_STRING_BYTES = (1 << 14) - 1
/** A hash's upper bits find its first entry in a table of this many. */
const JUMPS = 32
const JUMP_SHIFT = 11

const HEADER = { total: 8, entries: 12, restartHash: 16, jumps: 24 } as const
const ENTRY = { hash: 16, typeAndSize: 18, value: 20 } as const
const TYPE = { u32: 0, i32: 1, string: 2 } as const

/** What in a definition cannot be a board's configuration; the message names the setting. */
export class DcfgError extends Error {
    override name = "DcfgError"
}

/**
 * The settings of a definition: nested names are joined by dots; what begins with `$` or `#` is for
 * tools and people.
 * @throws DcfgError when a value is none that a configuration can hold
 */
export function dcfgSettings(definition: BoardDefinition): DcfgSettings {
    const settings = new Map<string, string | number>()
    const add = (value: unknown, key: string): void => {
        if (typeof value === "boolean") settings.set(key, Number(value))
        else if (typeof value === "string") settings.set(key, hexadecimal(value) ?? value)
        else if (typeof value === "number") settings.set(key, value)
        else if (Array.isArray(value))
            value.forEach((element, index) => {
                if (element !== null) add(element, key + String.fromCharCode(0x80 + index))
            })
        else if (typeof value === "object" && value !== null) {
            for (const [name, inner] of Object.entries(value))
                if (!/^[$#]/.test(name)) add(inner, joined(key, name))
        } else throw new DcfgError(`${key}: ${String(value)} is no setting of a board`)
    }
    add(definition, "")
    return settings
}

/**
 * The bytes of a configuration, as `devs dcfg` writes them.
 * @throws DcfgError when a setting does not fit
 */
export function encodeDcfg(settings: DcfgSettings): Uint8Array {
    const encoder = new TextEncoder()
    const count = settings.size
    const stringsAt = HEADER_BYTES + (count + 1) * ENTRY_BYTES
    const strings: Uint8Array[] = []
    let end = stringsAt

    const entries = [...settings].map(([key, value]) => {
        const entry = new Uint8Array(ENTRY_BYTES)
        const view = new DataView(entry.buffer)
        const name = bytesOf(key)
        if (name.length > MAX_KEY_BYTES)
            throw new DcfgError(`${key}: the name is longer than ${MAX_KEY_BYTES} characters`)
        entry.set(name)
        view.setUint16(ENTRY.hash, keyHash(name), true)
        if (typeof value === "string") {
            const text = encoder.encode(value)
            if (text.length > MAX_STRING_BYTES)
                throw new DcfgError(`${key}: longer than ${MAX_STRING_BYTES} bytes`)
            view.setUint16(ENTRY.typeAndSize, TYPE.string | (text.length << 2), true)
            view.setUint32(ENTRY.value, end, true)
            strings.push(text)
            end += text.length + 1
        } else {
            if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32)
                throw new DcfgError(`${key}: ${value} is no whole number of 32 bits`)
            view.setUint16(ENTRY.typeAndSize, value < 2 ** 31 ? TYPE.i32 : TYPE.u32, true)
            view.setUint32(ENTRY.value, value >>> 0, true)
        }
        return entry
    })
    const hashOf = (entry: Uint8Array) => entry[ENTRY.hash]! | (entry[ENTRY.hash + 1]! << 8)
    entries.sort((a, b) => hashOf(a) - hashOf(b))
    // The end of the table: no name, and a hash no entry's is above.
    entries.push(new Uint8Array(ENTRY_BYTES).fill(0xff).fill(0, 0, 1))

    const bytes = new Uint8Array(end)
    const view = new DataView(bytes.buffer)
    DCFG_MAGIC.forEach((word, index) => view.setUint32(index * 4, word, true))
    view.setUint32(HEADER.total, end, true)
    view.setUint16(HEADER.entries, count, true)
    for (let jump = 0; jump < JUMPS; jump++) {
        const first = entries.findIndex(entry => hashOf(entry) >> JUMP_SHIFT >= jump)
        view.setUint16(HEADER.jumps + jump * 2, first, true)
    }
    entries.forEach((entry, index) => bytes.set(entry, HEADER_BYTES + index * ENTRY_BYTES))
    let at = stringsAt
    for (const text of strings) {
        bytes.set(text, at)
        at += text.length + 1
    }
    // The firmware resets the board when this changes: it is of the table as it stands until here.
    const hashes = [fnv1a(bytes), fnv1a(bytes.subarray(4))]
    hashes.forEach((hash, index) => view.setUint32(HEADER.restartHash + index * 4, hash, true))
    return bytes
}

/** Whether a configuration stands at the beginning of these bytes. */
export function isDcfg(bytes: Uint8Array): boolean {
    if (bytes.length < HEADER_BYTES) return false
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return DCFG_MAGIC.every((word, index) => view.getUint32(index * 4, true) === word)
}

/** How many bytes the configuration at the beginning of these says that it has. */
export function dcfgLength(bytes: Uint8Array): number {
    return new DataView(bytes.buffer, bytes.byteOffset).getUint32(HEADER.total, true)
}

/**
 * The settings of a configuration, as `encodeDcfg` writes it.
 * @param bytes from its beginning on; what follows its end is left aside
 * @throws DcfgError when it is none, cut off or damaged
 */
export function decodeDcfg(bytes: Uint8Array): DcfgSettings {
    if (!isDcfg(bytes)) throw new DcfgError("there is no configuration")
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const count = view.getUint16(HEADER.entries, true)
    const end = dcfgLength(bytes)
    if (end > bytes.length || HEADER_BYTES + (count + 1) * ENTRY_BYTES > end)
        throw new DcfgError("the configuration is cut off")
    const settings = new Map<string, string | number>()
    for (let index = 0; index < count; index++) {
        const at = HEADER_BYTES + index * ENTRY_BYTES
        const name = bytes.subarray(at, at + MAX_KEY_BYTES)
        const length = name.indexOf(0)
        const key = String.fromCharCode(...(length < 0 ? name : name.subarray(0, length)))
        const typeAndSize = view.getUint16(at + ENTRY.typeAndSize, true)
        const value = view.getUint32(at + ENTRY.value, true)
        const type = typeAndSize & 3
        if (type === TYPE.string) {
            const text = value + (typeAndSize >> 2)
            if (text >= end) throw new DcfgError(`the configuration's ${key} is cut off`)
            settings.set(key, new TextDecoder().decode(bytes.subarray(value, text)))
        } else settings.set(key, type === TYPE.i32 ? value | 0 : value)
    }
    return settings
}

function joined(key: string, name: string): string {
    // Services stand under no name of their own.
    const suffix = key === "" && name === "services" ? "" : name
    const afterIndex = key !== "" && key.charCodeAt(key.length - 1) >= 0x80
    return key !== "" && suffix !== "" && !afterIndex ? `${key}.${suffix}` : key + suffix
}

/** A number that stands in a string because JSON has no hexadecimal ones. */
function hexadecimal(text: string): number | undefined {
    return /^0x[0-9a-f_]+$/i.test(text) ? Number(text.replaceAll("_", "")) : undefined
}

/** One byte a character, as the index of an array stands in a key. */
function bytesOf(key: string): Uint8Array {
    return Uint8Array.from(key, character => character.charCodeAt(0) & 0xff)
}

function keyHash(key: Uint8Array): number {
    const hash = fnv1a(key)
    return (hash >>> 16) ^ (hash & 0xffff)
}

/** The 32-bit FNV-1a hash. */
function fnv1a(bytes: Uint8Array): number {
    let hash = 0x811c9dc5
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x1000193)
    return hash >>> 0
}
