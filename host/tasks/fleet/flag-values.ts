import { UserError } from "../../base/errors"

/** The values of a flag that takes several. */
export function textsOf(value: unknown): string[] {
    return value === undefined ? [] : [value].flat().map(String)
}

/** A number of things, at least one. @throws UserError naming the flag */
export function countOf(flag: string, value: unknown, most: number): number {
    const text = String(value)
    if (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= most) return Number(text)
    throw new UserError(
        "E_VALUE",
        `${flag} takes a number from 1 to ${most}, not ${JSON.stringify(text)}.`,
    )
}
