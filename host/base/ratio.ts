/** `after` to `before`; `null` against zero: there is none. */
export function ratio(after: number, before: number): number | null {
    return before === 0 ? null : after / before
}
