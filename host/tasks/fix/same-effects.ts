import { shorten } from "../../base/shorten"
import type { Effect, EffectLog } from "../../simulator/observers/effect-log"

/** Characters of an effect that a sentence quotes. */
const MAX_QUOTED = 60

/**
 * What two runs did differently to their world, as the first moment of it; undefined when nobody outside can
 * tell them apart.
 * @param untilUs when the run before died: what the one after did from then on is its gain
 */
export function differenceOf(
    before: EffectLog,
    after: EffectLog,
    untilUs: number | undefined,
): string | undefined {
    const [a, b] = [before.effects, after.effects]
    const isCutShort = untilUs !== undefined
    const died = isCutShort ? a.findIndex(({ atUs }) => atUs >= untilUs) : -1
    const count = !isCutShort ? Math.max(a.length, b.length) : died < 0 ? a.length : died
    for (let index = 0; index < count; index++) {
        const [one, other] = [a[index], b[index]]
        if (
            one &&
            other &&
            one.atUs === other.atUs &&
            one.where === other.where &&
            one.what === other.what
        )
            continue
        return describe(one, other)
    }
    if (isCutShort) return undefined
    if (before.total.count !== after.total.count || before.total.folded !== after.total.folded)
        return `what it does to its world differs after ${count.toLocaleString("en-US")} effects`
    return before.shown() === after.shown()
        ? undefined
        : "a display or a strip of LEDs shows something else at the end"
}

function describe(one: Effect | undefined, other: Effect | undefined): string {
    if (!one) return `there is ${text(other!)}, which was not there before`
    if (!other) return `${text(one)} is missing`
    if (one.where === other.where && one.what === other.what)
        return `the timing differs: ${text(one)} comes at ${other.atUs / 1000} ms`
    return `there is ${text(other)} in place of ${text(one)}`
}

function text({ atUs, where, what }: Effect): string {
    return `${where} "${shorten(what, MAX_QUOTED)}" at ${atUs / 1000} ms`
}
