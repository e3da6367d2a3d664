/** Share of the time, from its start, that counts as warm-up and is not judged. */
const WARM_UP = 1 / 3
/** Parts of the judged time, in each of which a leak must rise. */
const PARTS = 4
/** Windows of a part. The minimum of a window is the floor that sawteeth and bursts stand on. */
const WINDOWS_A_PART = 3
const WINDOWS = PARTS * WINDOWS_A_PART + 1
/** Fewer looks than this at the judged time say nothing: a window needs some to find its floor. */
const MIN_LOOKS = 3 * WINDOWS
/** A rise of less is one object more or less, where objects are counted. */
const MIN_RISE = 4
/** How much of the whole rise may be lost again on the way: what comes back down is no leak. */
const MAX_LOST = 1 / 4
/** How much slower the second half may rise than the first: what slows down is filling up. */
const MIN_PACE = 2 / 3

/**
 * A quantity over time: `values[i]` at `times[i]`, in ascending order of time. NaN where it is not known:
 * then what is found to grow may turn out not to, once it is, but never the other way round.
 */
export interface Series {
    times: ArrayLike<number>
    values: ArrayLike<number>
}

/** How much of something there was at the start and at the end of the judged time. */
export interface Growth {
    fromMs: number
    toMs: number
    from: number
    to: number
}

/**
 * Tells steady growth from everything that only looks like it for a while. After the warm-up the floor
 * must rise in every part of the time, as fast in the second half as in the first, and never come
 * down again: a warm-up stops, a filling cache slows down, a sawtooth comes back, a burst is over.
 * @returns undefined when it does not grow so, or there were too few looks to tell
 */
export function steadyGrowth(series: Series): Growth | undefined {
    const floors = floorsOf(series)
    return floors && risesSteadily(floors.levels, MIN_RISE) ? growthOf(floors) : undefined
}

/** How bytes move over the whole judged time, and whether they still do at its end. */
export interface Course {
    /** The median of the slopes between the floors of all windows. */
    perMs: number
    /** `growing` as `steadyGrowth` has it, `flat` when what moves is at most noise. */
    verdict: "growing" | "flat" | "unclear"
}

/**
 * What the same judgement says of a quantity that has noise on it.
 * @param noise a rise of no more than this says nothing
 * @returns undefined when there were too few looks to tell
 */
export function courseOf(series: Series, noise: number): Course | undefined {
    const floors = floorsOf(series)
    if (!floors) return undefined
    const { levels, windowMs } = floors
    const late = levels.slice(WINDOWS >> 1)
    const rise = levels.at(-1)! - levels[0]!
    const isFlat =
        Math.max(...late) - Math.min(...late) <= noise / 2 ||
        (rise <= noise && late.at(-1)! - late[0]! <= noise)
    const isGrowing = !isFlat && risesSteadily(levels, noise)
    return {
        perMs: medianSlope(levels) / windowMs,
        verdict: isFlat ? "flat" : isGrowing ? "growing" : "unclear",
    }
}

/** What the floor was at the start and at the end of the judged time, whatever happened between. */
export function change(series: Series): Growth | undefined {
    const floors = floorsOf(series)
    return floors && growthOf(floors)
}

/** How fast something grows, and how sure that is. */
export interface Pace {
    perMs: number
    /** The pace may be off by this share of itself. */
    spread: number
}

/**
 * The pace of the judged time, as the median of the slopes between the floors of all its windows.
 * @returns undefined when there were too few looks, or it does not grow
 */
export function paceOf(series: Series): Pace | undefined {
    const floors = floorsOf(series)
    if (!floors) return undefined
    const { levels, windowMs } = floors
    const slope = (from: number, to: number) => medianSlope(levels.slice(from, to + 1)) / windowMs
    const perMs = slope(0, WINDOWS - 1)
    if (perMs <= 0) return undefined
    const middle = WINDOWS >> 1
    const halves = Math.abs(slope(middle, WINDOWS - 1) - slope(0, middle)) / 2
    // Where few items came, one more or less is already a difference.
    const rise = Math.max(1, levels[WINDOWS - 1]! - levels[0]!)
    return { perMs, spread: Math.min(1 / 2, halves / perMs / 2 + 1 / 2 / rise) }
}

/** Theil-Sen over evenly spaced values: the median of the slopes between all pairs. */
function medianSlope(values: readonly number[]): number {
    const slopes = values.flatMap((from, i) =>
        values.slice(i + 1).map((to, j) => (to - from) / (j + 1)),
    )
    slopes.sort((a, b) => a - b)
    const middle = slopes.length >> 1
    return slopes.length % 2 ? slopes[middle]! : (slopes[middle - 1]! + slopes[middle]!) / 2
}

/** From when on a time is judged. */
export function judgedFromMs(beginMs: number, endMs: number): number {
    return beginMs + (endMs - beginMs) * WARM_UP
}

/** The looks that fall into each window of the judged time, by index, ascending. */
export function windowsOf(times: ArrayLike<number>): number[][] {
    const count = times.length
    const windows = Array.from({ length: WINDOWS }, (): number[] => [])
    if (count === 0) return windows
    const { beginMs, windowMs } = spanOf(times)
    for (let i = 0; i < count; i++)
        if (times[i]! >= beginMs) windows[windowAt(times[i]! - beginMs, windowMs)]!.push(i)
    return windows
}

/** Whether what was never less than `from` in the first window and is `to` at the end may have grown. */
export function mayHaveGrown(from: number, to: number): boolean {
    return to - from >= MIN_RISE
}

/**
 * Looks that are worth to be known before all others: next to nothing looks as if it grew by them that
 * does not.
 */
export function tellingLooks(times: ArrayLike<number>): number[] {
    return windowsOf(times)
        .filter((_, i) => i % WINDOWS_A_PART === 0)
        .flat()
}

/** Whether there are looks enough to judge a growth by. */
export function areEnough(times: ArrayLike<number>): boolean {
    return times.length >= MIN_LOOKS && windowsOf(times).every(looks => looks.length > 0)
}

/** The minimum of each window of the judged time, NaN where it is not known. */
interface Floors {
    beginMs: number
    windowMs: number
    levels: number[]
}

function floorsOf({ times, values }: Series): Floors | undefined {
    const count = times.length
    if (count < MIN_LOOKS) return undefined
    const { beginMs, windowMs } = spanOf(times)
    const levels = Array<number>(WINDOWS).fill(Infinity)
    const isSeen = Array<boolean>(WINDOWS).fill(false)
    for (let i = count - 1; i >= 0 && times[i]! >= beginMs; i--) {
        const window = windowAt(times[i]! - beginMs, windowMs)
        isSeen[window] = true
        if (values[i]! < levels[window]!) levels[window] = values[i]!
    }
    if (isSeen.includes(false)) return undefined
    return {
        ...{ beginMs, windowMs },
        levels: levels.map(level => (level === Infinity ? NaN : level)),
    }
}

function spanOf(times: ArrayLike<number>): Pick<Floors, "beginMs" | "windowMs"> {
    const endMs = times[times.length - 1]!
    const beginMs = judgedFromMs(times[0]!, endMs)
    return { beginMs, windowMs: (endMs - beginMs) / WINDOWS }
}

function windowAt(ms: number, windowMs: number): number {
    return Math.min(WINDOWS - 1, Math.floor(ms / windowMs))
}

function growthOf({ beginMs, windowMs, levels }: Floors): Growth {
    return {
        fromMs: beginMs + windowMs / 2,
        toMs: beginMs + windowMs * (WINDOWS - 1 / 2),
        from: levels[0]!,
        to: levels[WINDOWS - 1]!,
    }
}

/** As far as the levels are known: every comparison with another one is false. */
function risesSteadily(levels: readonly number[], minRise: number): boolean {
    const rise = levels[WINDOWS - 1]! - levels[0]!
    if (rise < minRise) return false
    const parts = Array.from({ length: PARTS }, (_, part) => {
        const at = part * WINDOWS_A_PART
        return levels[at + WINDOWS_A_PART]! - levels[at]!
    })
    if (parts.some(part => part <= 0)) return false
    let highest = 0
    for (const level of levels) {
        if (level > highest) highest = level
        if (highest - level > rise * MAX_LOST) return false
    }
    const half = levels[WINDOWS >> 1]! - levels[0]!
    // A handful of steps does not fall into equal halves: allow for chance, as its square root.
    return !(rise - half < half * MIN_PACE - Math.sqrt(half) / 2)
}
