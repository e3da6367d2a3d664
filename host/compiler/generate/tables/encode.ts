import type { Column, Value } from "./table"

/** Whole numbers in flash: as many bits each as the largest asks for, or the bytes that a board reads at once. */
export interface Packed {
    /** Bits each, where they stand without gaps; else the format of each. */
    width: { bits: number } | { format: NumberFormat }
    /** Added to what stands there. */
    base: number
    bytes: Uint8Array
    /** What they ask for at least: bits. */
    informationBits: number
}

export type NumberFormat = "u8" | "u16" | "u24" | "u32" | "i8" | "i16" | "i32" | "f64"

/** How a column is kept in flash. */
export type Encoded =
    | { kind: "booleans"; of: Packed }
    /** Numbers, or numbers divided by 10, 100, 1,000 or 10,000. */
    | { kind: "numbers"; of: Packed; divisor: number }
    /** A few texts, one literal each: the row has its number. Of as many as rows, it is the row. */
    | { kind: "words"; texts: readonly string[]; of: Packed | undefined }
    | PackedTexts

/** Texts one behind another in one literal, each once. */
export interface PackedTexts {
    kind: "texts"
    texts: readonly string[]
    /** Of each row its text; where there are as many as rows, it is the row. */
    of: Packed | undefined
    /**
     * Where each begins, in characters, and the last one ends: above a straight line, `slope * n >> 4`. Of
     * slope 0 they are the places themselves.
     */
    slope: number
    starts: Packed
}

/** Kept as a literal each: more of them take more flash than their places in one text. */
const MAX_WORDS = 16
/** Texts from so many characters on have a list of where each 16th is. */
const MIN_JUMP_CHARACTERS = 50
const DIVISORS = [1, 10, 100, 1000, 10_000]
/** Bits that one number of 32 has whatever bit of its first byte they begin at. */
const MAX_WINDOW_BITS = 25
/** Bytecode that bits take more than bytes to read. */
const BITS_CODE_BYTES = 12

const FORMATS: readonly { format: NumberFormat; least: number; most: number }[] = [
    { format: "u8", least: 0, most: 0xff },
    { format: "i8", least: -0x80, most: 0x7f },
    { format: "u16", least: 0, most: 0xffff },
    { format: "i16", least: -0x8000, most: 0x7fff },
    { format: "u24", least: 0, most: 0xffffff },
    { format: "u32", least: 0, most: 0xffffffff },
    { format: "i32", least: -0x80000000, most: 0x7fffffff },
]

/** Keeps a column in the fewest bytes. */
export function encode({ values }: Pick<Column, "values">): Encoded {
    if (typeof values[0] === "boolean") return { kind: "booleans", of: pack(values.map(Number))! }
    if (typeof values[0] === "number") return encodeNumbers(values as number[])
    return encodeTexts(values as string[])
}

function encodeNumbers(values: readonly number[]): Encoded {
    for (const divisor of DIVISORS) {
        const whole = values.map(value => Math.round(value * divisor))
        if (whole.some((value, row) => !Object.is(value / divisor, values[row]))) continue
        const of = pack(whole)
        if (of) return { kind: "numbers", of, divisor }
    }
    const bytes = packBytes(values, "f64")
    const informationBits = 64 * values.length
    return {
        kind: "numbers",
        of: { width: { format: "f64" }, base: 0, bytes, informationBits },
        divisor: 1,
    }
}

function encodeTexts(values: readonly string[]): Encoded {
    const numbers = new Map<string, number>()
    for (const value of values) if (!numbers.has(value)) numbers.set(value, numbers.size)
    const texts = [...numbers.keys()]
    const of =
        texts.length === values.length ? undefined : pack(values.map(value => numbers.get(value)!))
    return texts.length <= MAX_WORDS
        ? { kind: "words", texts, of }
        : { kind: "texts", texts, of, ...startsOf(texts) }
}

/** Where texts begin: above the straight line that leaves least, when a byte each is enough for that. */
function startsOf(texts: readonly string[]): Pick<PackedTexts, "slope" | "starts"> {
    const places = [0]
    for (const text of texts) places.push(places.at(-1)! + [...text].length)
    const mean = Math.round((16 * places.at(-1)!) / texts.length)
    const above = (slope: number) => places.map((place, n) => place - ((slope * n) >> 4))
    const slopes = Array.from({ length: 33 }, (_, i) => mean - 16 + i).filter(slope => slope > 0)
    const packings = slopes.map(slope => ({ slope, starts: pack(above(slope), 8)! }))
    const best = packings.reduce(
        (a, b) => (b.starts.bytes.length < a.starts.bytes.length ? b : a),
        { slope: 0, starts: pack(places)! },
    )
    return best
}

/**
 * Packs whole numbers into the fewest bytes; none for what is no such number.
 * @param least bits that may save a byte: fewer are not worth their code
 */
export function pack(values: readonly number[], least = 1): Packed | undefined {
    // Not Math.min(...values): there may be more than a call takes.
    let low = Infinity
    let high = -Infinity
    for (const value of values) {
        if (!Number.isInteger(value) || Object.is(value, -0)) return undefined
        low = Math.min(low, value)
        high = Math.max(high, value)
    }
    const whole = formatFor(low, high)
    if (!whole) return undefined
    const range = bitsFor(high - low)
    const informationBits = range * values.length
    const inBytes = formatFor(0, high - low)!
    // A byte each that another number is added to, or what is there as it is.
    const [format, base] = bytesOf(inBytes) < bytesOf(whole) ? [inBytes, low] : [whole, 0]
    const asBytes = packBytes(
        values.map(value => value - base),
        format,
    )
    if (range >= least || range === 0) {
        const plain = low >= 0 && bitsFor(high) === range ? 0 : low
        const bits = Math.max(1, range)
        const asBits =
            bits <= MAX_WINDOW_BITS &&
            packBits(
                values.map(value => value - plain),
                bits,
            )
        if (asBits && asBits.length + BITS_CODE_BYTES < asBytes.length)
            return { width: { bits }, base: plain, bytes: asBits, informationBits }
    }
    return { width: { format }, base, bytes: asBytes, informationBits }
}

function formatFor(least: number, most: number): NumberFormat | undefined {
    return FORMATS.find(format => format.least <= least && most <= format.most)?.format
}

/** How many bits hold 0 to a number. */
function bitsFor(most: number): number {
    return Math.ceil(Math.log2(most + 1))
}

export function bytesOf(format: NumberFormat): number {
    return Number(format.slice(1)) / 8
}

/** Bytes that are read at once to find some bits in them. */
export function windowOf(bits: number): { format: "u8" | "u16" | "i32"; bytes: number } {
    if (8 % bits === 0) return { format: "u8", bytes: 1 }
    return bits <= 9 ? { format: "u16", bytes: 2 } : { format: "i32", bytes: 4 }
}

/** Numbers, little-endian. */
function packBytes(values: readonly number[], format: NumberFormat): Uint8Array {
    const each = bytesOf(format)
    const bytes = new Uint8Array(values.length * each)
    const view = new DataView(bytes.buffer)
    for (const [row, value] of values.entries()) {
        if (format === "f64") view.setFloat64(row * each, value, true)
        else for (let i = 0; i < each; i++) bytes[row * each + i] = Math.floor(value / 2 ** (8 * i))
    }
    return bytes
}

/** Numbers without gaps, the first in the lowest bits; behind them what a board reads along with the last. */
function packBits(values: readonly number[], bits: number): Uint8Array {
    const bytes = new Uint8Array((((values.length - 1) * bits) >> 3) + windowOf(bits).bytes)
    for (const [row, value] of values.entries())
        for (let bit = 0; bit < bits; bit++) {
            const at = row * bits + bit
            if (Math.floor(value / 2 ** bit) & 1) bytes[at >> 3]! |= 1 << (at & 7)
        }
    return bytes
}

/** Bytes that a column takes in flash, code aside: its literals with what the board's compiler adds to them. */
export function flashBytes(encoded: Encoded): number {
    const own = encoded.of ? literalBytes(encoded.of) : 0
    switch (encoded.kind) {
        case "words":
            return encoded.texts.reduce((bytes, text) => bytes + textLiteralBytes(text), own)
        case "texts":
            return own + textLiteralBytes(encoded.texts.join("")) + literalBytes(encoded.starts)
        default:
            return own
    }
}

/** A literal of bytes: its header, and up to whole words. */
export function literalBytes({ bytes }: Packed): number {
    return 8 + 4 * Math.ceil(bytes.length / 4)
}

/** A literal text has a header and a zero; a long one, or one that is not ASCII, says where each 16th character is. */
function textLiteralBytes(text: string): number {
    const bytes = utf8Bytes([text])
    const characters = [...text].length
    if (bytes === characters && characters < MIN_JUMP_CHARACTERS) return 2 + bytes + 1
    return 4 + 2 * (2 + (characters >> 4)) + bytes + 1
}

/**
 * The information in a column, in bytes: of numbers as many bits as tell the values between the least and
 * the largest apart; of texts each once, as what a literal of its own takes, since no text is in flash in
 * less; and as many bits as tell them apart where they repeat.
 */
export function informationBytes(encoded: Encoded): number {
    const own = (encoded.of?.informationBits ?? 0) / 8
    const texts = "texts" in encoded ? encoded.texts.map(textLiteralBytes) : []
    return Math.ceil(texts.reduce((bytes, text) => bytes + text, own))
}

function utf8Bytes(texts: readonly string[]): number {
    return new TextEncoder().encode(texts.join("")).length
}

/** The order of texts by their characters, as the board compares them. */
export function compareTexts(a: string, b: string): number {
    const [x, y] = [[...a], [...b]]
    for (const [i, char] of x.entries()) {
        if (i >= y.length) return 1
        const difference = char.codePointAt(0)! - y[i]!.codePointAt(0)!
        if (difference !== 0) return difference
    }
    return x.length - y.length
}

export function compareValues(a: Value, b: Value): number {
    return typeof a === "string" ? compareTexts(a, b as string) : Number(a) - Number(b)
}
