/** When a program runs out of memory, in milliseconds since its start, or since what is said with it. */
export interface TimeToDeath {
    atMs: number
    /** It is not expected sooner, nor later. */
    fromMs: number
    toMs: number
}

/** The same, each of its times as `toOther` has it. */
export function mapTimes<T extends TimeToDeath>(death: T, toOther: (ms: number) => number): T {
    const { atMs, fromMs, toMs } = death
    return { ...death, atMs: toOther(atMs), fromMs: toOther(fromMs), toMs: toOther(toMs) }
}
