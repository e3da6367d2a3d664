// Bits in a board's buffer, as expressions: what a board reads by one instruction is 1, 2 or 4 whole bytes,
// so some bits are read with those around them. Never beyond the record: there the buffer may end.

/** Where bits are. */
export interface BitPlace {
    /** The expression of the byte that the record begins at; of an array's element, with the index in it. */
    at: string
    bit: number
    bits: number
    signed: boolean
    /** Bytes that may be read before the field's first one, and from there on. */
    before: number
    behind: number
}

/** Bytes that are read or written at once. */
interface Window {
    kind: "u8" | "u16" | "i32" | "3" | "5"
    /** An expression. */
    at: string
    /** Bits below the field. */
    shift: number
}

/** The expression of an integer. */
export function readBitsExpression(place: BitPlace): string {
    const { bits, signed } = place
    const whole = wholeBytes(place)
    if (whole !== undefined)
        return whole === "u8"
            ? `bytes[${byteAt(place)}]`
            : `bytes.getAt(${byteAt(place)}, "${whole}")`
    const window = windowOf(place)
    const { shift, kind } = window
    const value = load(window)
    if (kind === "5") {
        const low = `(${load({ ...window, kind: "i32" })} >>> ${shift})`
        const all = `(${low} | (bytes[${plus(window.at, 4)}] << ${32 - shift}))`
        if (bits === 32) return signed ? `(${all} | 0)` : `(${all} >>> 0)`
        return signed ? `((${all} << ${32 - bits}) >> ${32 - bits})` : `(${all} & ${mask(bits)})`
    }
    const width = { u8: 8, u16: 16, i32: 32, 3: 24 }[kind]
    if (signed)
        return kind === "i32" && shift + bits === 32
            ? `(${value} >> ${shift})`
            : `((${value} << ${32 - shift - bits}) >> ${32 - bits})`
    if (shift + bits === width)
        return shift === 0 ? value : `(${value} ${kind === "i32" ? ">>>" : ">>"} ${shift})`
    return shift === 0 ? `(${value} & ${mask(bits)})` : `((${value} >> ${shift}) & ${mask(bits)})`
}

/** The expression of bits of which only matters whether one is set: not 0 then. */
export function readFlagExpression(place: BitPlace): string {
    if (place.bits !== 1) return readBitsExpression(place)
    return `(bytes[${byteAt(place)}] & ${hex(1 << (place.bit % 8))})`
}

/**
 * The statements that write an integer; of a value that the field does not hold, its low bits or the
 * nearest that it does.
 * @param value an expression
 */
export function writeBitsStatements(place: BitPlace, value: string): string[] {
    const { bits } = place
    const whole = wholeBytes(place)
    if (whole !== undefined)
        return [
            whole === "u8" || whole === "i8"
                ? `bytes[${byteAt(place)}] = ${value}`
                : `bytes.setAt(${byteAt(place)}, "${whole}", ${value})`,
        ]
    if (bits === 24 && place.bit % 8 === 0)
        return [
            `bytes.setAt(${byteAt(place)}, "u16", ${value} & 0xffff)`,
            `bytes[${byteAt(place, 2)}] = ${value} >> 16`,
        ]
    const window = windowOf(place)
    const { kind, at, shift } = window
    const shifted = shift === 0 ? value : `(${value} << ${shift})`
    if (kind === "5") {
        const keep = (2 ** shift - 1) | 0
        const over = shift + bits - 32
        return [
            store({ ...window, kind: "i32" }, merged({ ...window, kind: "i32" }, keep, shifted)),
            `bytes[${plus(at, 4)}] = (bytes[${plus(at, 4)}] & ${hex(0xff & ~(2 ** over - 1))}) | ((${value} >>> ${32 - shift}) & ${mask(over)})`,
        ]
    }
    const width = { u8: 8, u16: 16, i32: 32, 3: 24 }[kind]
    const field = ((2 ** bits - 1) * 2 ** shift) | 0
    const all = (2 ** width - 1) | 0
    const cut = `(${shifted} & ${hex(field)})`
    if (kind === "3") {
        const keep = all & ~field
        return [
            `value = (${load(window)} & ${hex(keep)}) | ${cut}`,
            `bytes.setAt(${at}, "u16", value & 0xffff)`,
            `bytes[${plus(at, 2)}] = value >> 16`,
        ]
    }
    return [store(window, merged(window, all & ~field, cut))]
}

/** The format of a field that is whole bytes which a board reads at once. */
function wholeBytes({ bit, bits, signed }: BitPlace): string | undefined {
    if (bit % 8 !== 0 || (bits !== 8 && bits !== 16 && bits !== 32)) return undefined
    return `${signed ? "i" : "u"}${bits}`
}

function windowOf(place: BitPlace): Window {
    const { bit, bits, before, behind } = place
    const shift = bit % 8
    const span = Math.ceil((shift + bits) / 8)
    const at = byteAt(place)
    if (span === 1) return { kind: "u8", at, shift }
    if (span === 2) return { kind: "u16", at, shift }
    if (span === 5) return { kind: "5", at, shift }
    if (span === 4) return { kind: "i32", at, shift }
    // At the top of a number, one shift reads it.
    const isAtTop = before >= 1 && shift + bits === 24
    if (behind >= 4 && !isAtTop) return { kind: "i32", at, shift }
    if (before >= 1) return { kind: "i32", at: byteAt(place, -1), shift: shift + 8 }
    return { kind: "3", at, shift }
}

function load({ kind, at }: Window): string {
    if (kind === "u8") return `bytes[${at}]`
    if (kind === "3") return `(bytes.getAt(${at}, "u16") | (bytes[${plus(at, 2)}] << 16))`
    return `bytes.getAt(${at}, "${kind}")`
}

function store({ kind, at }: Window, value: string): string {
    return kind === "u8" ? `bytes[${at}] = ${value}` : `bytes.setAt(${at}, "${kind}", ${value})`
}

function merged(window: Window, keep: number, value: string): string {
    return `(${load(window)} & ${hex(keep)}) | ${value}`
}

function byteAt({ at, bit }: BitPlace, more = 0): string {
    return plus(at, (bit >> 3) + more)
}

/** An expression and a constant; nothing is added that is 0. */
export function plus(expression: string, constant: number): string {
    if (constant === 0) return expression
    const [, head, tail] = /^(.*) \+ (\d+)$/.exec(expression) ?? []
    if (head !== undefined) return plus(head, Number(tail) + constant)
    return constant < 0 ? `${expression} - ${-constant}` : `${expression} + ${constant}`
}

/** So many ones. */
function mask(bits: number): string {
    return hex(2 ** bits - 1)
}

function hex(value: number): string {
    return value < 0 ? `${value}` : value < 10 ? `${value}` : `0x${value.toString(16)}`
}
