/** When a program runs out of memory, in milliseconds since its start, or since what is said with it. */
export interface TimeToDeath {
    atMs: number
    /** It is not expected sooner, nor later. */
    fromMs: number
    toMs: number
}

/** The same, each of its times as `toOther` has it. */
export function mapTimes(
    { atMs, fromMs, toMs }: TimeToDeath,
    toOther: (ms: number) => number,
): TimeToDeath {
    return { atMs: toOther(atMs), fromMs: toOther(fromMs), toMs: toOther(toMs) }
}
