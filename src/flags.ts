import { checkUint32, failRange, failType } from "./check"

// Flags are bits of a plain number: no heap at all while it is a local, one entry in an object
// instead of one for each boolean (16 bytes), one byte for eight in a packed array.
//
// Every function here costs a call, which is a frame on the board's heap. `order & PAID`,
// `order | PAID` and `order & ~PAID` with `const PAID = 4` are one operation each, and free.

/** Up to 8 flags in a number. The type exists for the compiler only. */
export type Flags8 = number & { readonly __type: "Flags8" }
/** Up to 16 flags in a number. The type exists for the compiler only. */
export type Flags16 = number & { readonly __type: "Flags16" }
/** Up to 32 flags in a number. The type exists for the compiler only. */
export type Flags32 = number & { readonly __type: "Flags32" }

/** The type of what flags become: `Flags8` stays one, a number is any number, whatever it was. */
export type Widened<T extends number> = T extends { readonly __type: string } ? T : number

/**
 * Takes a number for 8 flags.
 *
 * @throws RangeError or TypeError if it is not an integer from 0 to 255.
 */
export function flags8(bits: number): Flags8 {
    if ((bits & 0xff) !== bits) failRange("bits", bits, 0, 0xff)
    return bits as Flags8
}

/**
 * Takes a number for 16 flags.
 *
 * @throws RangeError or TypeError if it is not an integer from 0 to 65,535.
 */
export function flags16(bits: number): Flags16 {
    if ((bits & 0xffff) !== bits) failRange("bits", bits, 0, 0xffff)
    return bits as Flags16
}

/**
 * Takes a number for 32 flags.
 *
 * @throws RangeError or TypeError if it is not an integer from 0 to 4,294,967,295.
 */
export function flags32(bits: number): Flags32 {
    if (bits >>> 0 !== bits) failRange("bits", bits, 0, 0xffffffff)
    return bits as Flags32
}

/**
 * Whether a flag is set; for several joined by `|`, whether all are.
 *
 * @throws RangeError or TypeError if an argument is not an integer of 32 bits, as in all below.
 */
export function hasFlag(flags: number, flag: number): boolean {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    if (flag >>> 0 !== flag) checkUint32("flag", flag)
    return (~flags & flag) === 0
}

/** Whether at least one of several flags joined by `|` is set. */
export function hasAnyFlag(flags: number, flag: number): boolean {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    if (flag >>> 0 !== flag) checkUint32("flag", flag)
    return (flags & flag) !== 0
}

/** The flags with a flag, or several joined by `|`, set. */
export function withFlag<T extends number>(flags: T, flag: number): Widened<T> {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    if (flag >>> 0 !== flag) checkUint32("flag", flag)
    return ((flags | flag) >>> 0) as Widened<T>
}

/** The flags with a flag, or several joined by `|`, cleared. */
export function withoutFlag<T extends number>(flags: T, flag: number): Widened<T> {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    if (flag >>> 0 !== flag) checkUint32("flag", flag)
    return ((flags & ~flag) >>> 0) as Widened<T>
}

/**
 * The flags with a flag, or several joined by `|`, set or cleared.
 *
 * @throws TypeError if `on` is no boolean.
 */
export function setFlag<T extends number>(flags: T, flag: number, on: boolean): Widened<T> {
    if (typeof on !== "boolean") failType("on", on, "a boolean")
    return on ? withFlag(flags, flag) : withoutFlag(flags, flag)
}

/** The flags with a flag, or several joined by `|`, inverted. */
export function toggleFlag<T extends number>(flags: T, flag: number): Widened<T> {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    if (flag >>> 0 !== flag) checkUint32("flag", flag)
    return ((flags ^ flag) >>> 0) as Widened<T>
}

/** How many flags are set. */
export function countFlags(flags: number): number {
    if (flags >>> 0 !== flags) checkUint32("flags", flags)
    flags -= (flags >>> 1) & 0x55555555
    flags = (flags & 0x33333333) + ((flags >>> 2) & 0x33333333)
    flags = (flags + (flags >>> 4)) & 0x0f0f0f0f
    return Math.imul(flags, 0x01010101) >>> 24
}
