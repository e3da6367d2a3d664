import { UserError } from "../base/errors"
import type { SourceFlag } from "./source-kind"

const FASTEST = 1_000_000

/** Of sources that have a time of their own to pass. */
export const SPEED: SourceFlag = {
    flag: "--speed <factor>",
    text: "how fast a simulated board or a recording goes: 0.5x, 4x, max (default: 1x, real time)",
    elsewhere: "--speed goes with --sim and --replay: a real board has a time of its own.",
}

/** How fast a source is played, of `--speed`: `Infinity` is as fast as it can. @throws UserError for what is none */
export function readSpeed(flag: unknown = "1x"): number {
    const text = String(flag)
    if (text === "max") return Infinity
    const speed = Number(/^(\d{1,7}(?:\.\d{1,3})?)x?$/.exec(text)?.[1] ?? NaN)
    if (speed > 0 && speed <= FASTEST) return speed
    throw new UserError(
        "E_VALUE",
        `--speed ${JSON.stringify(text.slice(0, 40))} is no speed: write 1x, 0.5x, 4x (up to ${FASTEST.toLocaleString("en-US")}x), or max.`,
    )
}
