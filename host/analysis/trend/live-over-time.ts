import type { Sample } from "../../documents/sim-report"

/** Parts of a run's time: as many as a line of text has room for. */
const PARTS = 32

/** The most live in each of 32 equal parts of a run; a part without a sample has what was before it. */
export function liveOverTime(samples: readonly Sample[]): number[] {
    const endMs = samples.at(-1)?.atMs ?? 0
    const most: (number | undefined)[] = new Array<undefined>(PARTS).fill(undefined)
    for (const { atMs, liveBytes } of samples) {
        const part = endMs > 0 ? Math.min(PARTS - 1, Math.floor((atMs / endMs) * PARTS)) : 0
        most[part] = Math.max(most[part] ?? 0, liveBytes)
    }
    let last = samples[0]?.liveBytes
    return most.flatMap(value => {
        last = value ?? last
        return last === undefined ? [] : [last]
    })
}
