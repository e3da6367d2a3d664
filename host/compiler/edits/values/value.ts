/** What an expression can be, as far as the program's text tells. */
export interface Value {
    /** The numbers that it can be: from, to, and whether whole ones alone. */
    numbers?: { lo: number; hi: number; isWhole: boolean }
    /** The texts that it can be; absent when it is none. */
    texts?: ReadonlySet<string>
    isBoolean?: boolean
    /** It can be something that nobody can tell: undefined, an object, any text. */
    isUnknown?: boolean
}

export const NOTHING: Value = {}
export const UNKNOWN: Value = { isUnknown: true }
export const BOOLEAN: Value = { isBoolean: true }
export const ANY_NUMBER: Value = numbers(-Infinity, Infinity, false)
/** Lengths and counts of what is on a heap of 64 KiB at most. */
export const LENGTH: Value = numbers(0, 65535)
/** More different texts are no set that somebody has written out. */
const MAX_TEXTS = 255

export function numbers(lo: number, hi: number, isWhole = true): Value {
    return { numbers: { lo, hi, isWhole } }
}

export function text(one: string): Value {
    return { texts: new Set([one]) }
}

/** All that either can be. */
export function join(a: Value, b: Value): Value {
    const [x, y] = [a.numbers, b.numbers]
    const both = x &&
        y && {
            lo: Math.min(x.lo, y.lo),
            hi: Math.max(x.hi, y.hi),
            isWhole: x.isWhole && y.isWhole,
        }
    const range = both ?? x ?? y
    const texts = new Set([...(a.texts ?? []), ...(b.texts ?? [])])
    const isUnknown = a.isUnknown || b.isUnknown || texts.size > MAX_TEXTS
    return {
        ...(range && { numbers: range }),
        ...(texts.size > 0 && texts.size <= MAX_TEXTS && { texts }),
        ...((a.isBoolean || b.isBoolean) && { isBoolean: true }),
        ...(isUnknown && { isUnknown: true }),
    }
}

export function isSame(a: Value, b: Value): boolean {
    return (
        a.numbers?.lo === b.numbers?.lo &&
        a.numbers?.hi === b.numbers?.hi &&
        a.numbers?.isWhole === b.numbers?.isWhole &&
        (a.texts?.size ?? 0) === (b.texts?.size ?? 0) &&
        !a.isBoolean === !b.isBoolean &&
        !a.isUnknown === !b.isUnknown
    )
}

/** The same, a bound that still moves taken for one that never stops. */
export function widen(before: Value, after: Value): Value {
    const [x, y] = [before.numbers, after.numbers]
    if (!x || !y) return after
    const lo = y.lo < x.lo ? -Infinity : y.lo
    const hi = y.hi > x.hi ? Infinity : y.hi
    return { ...after, numbers: { lo, hi, isWhole: y.isWhole } }
}

/** Numbers alone, or undefined. */
export function onlyNumbers(value: Value): Value["numbers"] {
    return value.texts || value.isBoolean || value.isUnknown ? undefined : value.numbers
}

/** What an operator makes of two numbers. */
export function calculate(operator: string, left: Value, right: Value): Value {
    const [a, b] = [onlyNumbers(left), onlyNumbers(right)]
    if (!a || !b) return ANY_NUMBER
    const isWhole = a.isWhole && b.isWhole
    switch (operator) {
        case "+":
            return numbers(a.lo + b.lo, a.hi + b.hi, isWhole)
        case "-":
            return numbers(a.lo - b.hi, a.hi - b.lo, isWhole)
        case "*": {
            const ends = [
                times(a.lo, b.lo),
                times(a.lo, b.hi),
                times(a.hi, b.lo),
                times(a.hi, b.hi),
            ]
            return numbers(Math.min(...ends), Math.max(...ends), isWhole)
        }
        case "/":
            if (b.lo <= 0 && b.hi >= 0) return ANY_NUMBER
            {
                const ends = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi].map(orZero)
                return numbers(Math.min(...ends), Math.max(...ends), false)
            }
        case "%": {
            // A divisor that can be 0 makes what is no number.
            if (b.lo <= 0) return ANY_NUMBER
            const most = isWhole ? b.hi - 1 : b.hi
            return numbers(
                a.lo >= 0 ? 0 : Math.max(a.lo, -most),
                Math.max(0, Math.min(a.hi, most)),
                isWhole,
            )
        }
        case "&":
            if (a.lo >= 0 && b.lo >= 0) return numbers(0, Math.min(a.hi, b.hi))
            return b.lo >= 0 && b.hi < 2 ** 31 ? numbers(0, b.hi) : INT32
        case "|":
        case "^":
            return a.lo >= 0 && b.lo >= 0 && a.hi < 2 ** 31 && b.hi < 2 ** 31
                ? numbers(0, 2 ** bitsFor(Math.max(a.hi, b.hi)) - 1)
                : INT32
        case ">>":
            return a.lo >= 0 && a.hi < 2 ** 31 && b.lo === b.hi && b.lo >= 0 && b.lo < 32
                ? numbers(a.lo >> b.lo, a.hi >> b.lo)
                : INT32
        case "<<":
            return a.lo >= 0 && b.lo === b.hi && a.hi * 2 ** b.lo < 2 ** 31
                ? numbers(a.lo * 2 ** b.lo, a.hi * 2 ** b.lo)
                : INT32
        case ">>>":
            return numbers(0, 2 ** 32 - 1)
        default:
            return ANY_NUMBER
    }
}

const INT32 = numbers(-(2 ** 31), 2 ** 31 - 1)

export function bitsFor(most: number): number {
    return most < 1 ? 1 : Math.floor(Math.log2(most)) + 1
}

function times(a: number, b: number): number {
    return a === 0 || b === 0 ? 0 : a * b
}

function orZero(value: number): number {
    return Number.isNaN(value) ? 0 : value
}
