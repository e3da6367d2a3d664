import type { Change } from "../../../documents/advice"
import { roundMs } from "../../../model/board-time"
import type { Uses, WholeUse } from "../array-methods"
import type { AdviceContext } from "../rule"

/**
 * Microseconds of board time that calls take to run, allocating apart; of the library's structures those of
 * one use and of what it calls in turn. A test holds what is predicted with them against what programs take
 * that were mended by hand.
 */
export const CALL_US = {
    /** `shift` of a list that is short, `includes` of an empty one. */
    list: { shift: 58.5, search: 20 },
    /** Beside them, what a field takes more in a record than in an object. */
    RecordRing: { push: 141, peek: 59.5, shift: 86.5, field: 25 },
    /** @param width bytes of a number; the call itself is dearer than that of the list's own */
    RingBuffer: (width: number) => ({ push: 240 + 21.5 * width, shift: 130 + 27 * width }),
    BitSet: { has: 98 },
    /** A look for a key, and what each of the keys adds to it. */
    dictionary: { lookUp: 15, key: 0.7 },
} as const

/** Milliseconds that a method took with lists of one place: by calls, and by elements what is beyond them. */
export function methodMs(
    { methods }: Pick<AdviceContext, "methods">,
    method: WholeUse,
    { calls, elements }: Uses,
): number {
    const all = methods[method]
    const each = CALL_US.list[method] / 1000
    const beyond = Math.max(0, all.ms - each * all.calls)
    return each * calls + (all.elements > 0 ? (beyond * elements) / all.elements : 0)
}

/** Milliseconds before and, given in microseconds, after. */
export function roundWork(beforeMs: number, afterUs: number): Change {
    return { before: roundMs(beforeMs), after: roundMs(afterUs / 1000) }
}

/** Bytes of the frames of so many calls of a method. */
export function methodFrameBytes(
    { methods }: Pick<AdviceContext, "methods">,
    method: WholeUse,
    { calls }: Uses,
): number {
    const all = methods[method]
    return all.calls > 0 ? (all.frameBytes * calls) / all.calls : 0
}
