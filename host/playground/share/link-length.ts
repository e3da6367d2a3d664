import { formatCount } from "../../base/format-units"

/** By how long an address is, in characters, where it may get lost. From the longest on. */
const LIMITS: readonly (readonly [length: number, warning: string])[] = [
    [2_097_152, "no browser opens it: save the project as a zip instead"],
    [65_536, "Firefox keeps it neither as a bookmark nor in its history: save a zip instead"],
    [
        32_768,
        "browsers do not show all of it where addresses are, so that it is cut off when it is copied from there",
    ],
    [
        8_000,
        "what rewrites links on their way may cut it off: that much, and no more, is asked of everything that speaks HTTP",
    ],
    [2_000, "most forums take it, many messengers cut it off"],
]

/** What to tell whoever passes a link on, of its length; undefined where it goes anywhere. */
export function lengthWarning(length: number): string | undefined {
    const [, warning] = LIMITS.find(([limit]) => length > limit) ?? []
    return warning && `It has ${formatCount(length)} characters: ${warning}.`
}
