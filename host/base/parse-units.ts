import { UserError } from "./errors"

const DAY_MS = 86_400_000
const LONGEST_MS = 365 * DAY_MS
const LARGEST_BYTES = 2 ** 30

const MS_PER_UNIT: Record<string, number> = {
    ms: 1,
    s: 1000,
    m: 60_000,
    min: 60_000,
    h: 3_600_000,
    d: DAY_MS,
}

const BYTES_PER_UNIT: Record<string, number> = {
    B: 1,
    kB: 1000,
    KiB: 1024,
    MB: 1_000_000,
    MiB: 2 ** 20,
    GB: 1_000_000_000,
    GiB: 2 ** 30,
}

/** A plain decimal number: no sign, no exponent. */
const NUMBER = String.raw`\d+(?:\.\d+)?`

/**
 * A duration of the command line, in milliseconds: `250ms`, `1.5s`, `5m`, `24h`, `2d`; parts add
 * up from the largest (`1h30m`) and spaces are welcome.
 * @throws {UserError} on anything else, a missing unit, and more than 365 days.
 */
export function parseDuration(text: string): number {
    const refuse = (why: string): UserError =>
        new UserError(
            "E_VALUE",
            `${quote(text)} is not a duration: ${why}. ` +
                "Write a number with ms, s, m, h or d, for example 250ms, 10s, 5m or 24h.",
        )
    const compact = text.trim()
    if (compact === "") throw refuse("it is empty")
    if (compact.startsWith("-")) throw refuse("it is negative")
    if (new RegExp(`^${NUMBER}$`).test(compact)) throw refuse("the unit is missing")
    if (!new RegExp(`^(?:${NUMBER}\\s*[a-z]+\\s*)+$`).test(compact)) {
        throw refuse("it is not a number followed by a unit")
    }

    let total = 0
    let lastUnit = Infinity
    for (const [, number, unit] of compact.matchAll(new RegExp(`(${NUMBER})\\s*([a-z]+)`, "g"))) {
        const scale = lookUp(MS_PER_UNIT, unit)
        if (scale === undefined) throw refuse(`the unit ${quote(unit ?? "")} is unknown`)
        if (scale >= lastUnit) throw refuse("its parts must go from large to small units")
        lastUnit = scale
        total += Number(number) * scale
    }
    if (total > LONGEST_MS) throw refuse("it is longer than 365 days")
    return total
}

/**
 * A size of the command line, in bytes: `1500`, `2kB` (1 kB = 1,000 B), `2KiB` (1,024 B),
 * `1.5MB`; thousands may be grouped (`65,524 B`).
 * @throws {UserError} on anything else, parts of a byte, and more than 1 GiB.
 */
export function parseSize(text: string): number {
    const refuse = (why: string): UserError =>
        new UserError(
            "E_VALUE",
            `${quote(text)} is not a size: ${why}. ` +
                "Write bytes, or a number with kB (1,000 B), KiB (1,024 B), MB or MiB, " +
                "for example 1500, 2kB or 40KiB.",
        )
    const compact = text.trim()
    if (compact === "") throw refuse("it is empty")
    if (compact.startsWith("-")) throw refuse("it is negative")
    const match = /^(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?\s*([A-Za-z]*)$/.exec(compact)
    if (match === null) throw refuse("it is not a number with a unit")

    const [, whole = "", fraction = "", unit = ""] = match
    const scale = lookUp(BYTES_PER_UNIT, unit === "" ? "B" : unit)
    if (scale === undefined) {
        const ambiguous = /^k[bi]?b?$/i.test(unit) ? " (1,000 or 1,024?)" : ""
        throw refuse(`the unit ${quote(unit)} is unknown${ambiguous}`)
    }
    const exact = Number(whole.replaceAll(",", "") + fraction) * scale
    if (exact > LARGEST_BYTES) throw refuse("it is more than 1 GiB")
    const bytes = Math.round(exact)
    // 1.1 * 1000 is 1100.0000000000002: only a real remainder is a part of a byte.
    if (Math.abs(exact - bytes) > 1e-6) throw refuse("it is not a whole number of bytes")
    return bytes
}

/**
 * Puts the name of a flag or setting before the message of what reads its value.
 * @throws {UserError} as `read` does, named
 */
export function named<T>(name: string, read: () => T): T {
    try {
        return read()
    } catch (error) {
        if (error instanceof UserError) throw new UserError(error.code, `${name}: ${error.message}`)
        throw error
    }
}

/** Own properties only, so that `toString` is no unit. */
function lookUp(table: Record<string, number>, unit: string | undefined): number | undefined {
    return unit !== undefined && Object.hasOwn(table, unit) ? table[unit] : undefined
}

/** The value as typed, shortened, its control characters escaped. */
function quote(text: string): string {
    return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
