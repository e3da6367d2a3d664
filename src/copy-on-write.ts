import type { Bytes, ReadonlyBytes } from "./byte-fields"
import { failType } from "./check"

/**
 * A buffer to write to, copied only when it must be: if `value` still is the borrowed one, typically
 * a constant in flash, its copy; otherwise `value` itself, which is a copy already. Whether one owns
 * a value is told by comparing, so borrowing takes no heap at all.
 *
 * ```ts
 * const DEFAULTS = hex`0a 14 1e`
 * let settings: ReadonlyBytes = DEFAULTS
 *
 * function change(index: number, value: number) {
 *     const own = toOwned(settings, DEFAULTS)
 *     own[index] = value
 *     settings = own
 * }
 * ```
 *
 * @returns `value`, or on the first use a new buffer: 12 bytes and the length of the value, the only
 * allocation here but call frames.
 * @throws TypeError if an argument is no bytes.
 */
export function toOwned(value: ReadonlyBytes, borrowed: ReadonlyBytes): Bytes {
    if (typeof value !== "object") failType("value", value, "bytes")
    if (typeof borrowed !== "object") failType("borrowed", borrowed, "bytes")
    return value === borrowed ? Buffer.from(borrowed as Buffer) : (value as Bytes)
}
