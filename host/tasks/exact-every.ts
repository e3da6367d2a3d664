import { UserError } from "../base/errors"
import { named, parseDuration } from "../base/parse-units"

/** A look has the program stand still for up to half a second. */
const MIN_MS = 2000
/** Timers take little more. */
const MAX_MS = 24 * 3_600_000

/**
 * How often to look at a real board exactly, in milliseconds.
 * @param name of the flag or setting
 * @throws UserError for a time that is none, too short or too long
 */
export function readExactEvery(exactEvery: string | number, name = "--exact-every"): number {
    const text = typeof exactEvery === "number" ? `${exactEvery}ms` : exactEvery
    const ms = named(name, () => parseDuration(text))
    if (ms < MIN_MS || ms > MAX_MS)
        throw new UserError(
            "E_VALUE",
            `${name} ${text} is out of range: take 2s, for a part of which the program stands still each time, to 24h.`,
        )
    return ms
}
