import { UserError } from "../base/errors"
import { readTime } from "./run-options"

/** A look has the program stand still for up to half a second. */
const MIN_MS = 2000
/** Timers take little more. */
const MAX_MS = 24 * 3_600_000

/**
 * How often to look at a real board exactly, in milliseconds.
 * @throws UserError for a time that is none, too short or too long, or without a port
 */
export function readExactEvery(
    exactEvery: string | undefined,
    port: string | undefined,
): number | undefined {
    if (exactEvery === undefined) return undefined
    if (port === undefined)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--exact-every goes with --port: a simulated board is exact at all times.",
        )
    const ms = readTime("--exact-every", exactEvery)
    if (ms < MIN_MS || ms > MAX_MS)
        throw new UserError(
            "E_VALUE",
            `--exact-every ${exactEvery} is out of range: take 2s, for a part of which the program stands still each time, to 24h.`,
        )
    return ms
}
