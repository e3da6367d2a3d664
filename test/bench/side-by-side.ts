import { appendFileSync } from "node:fs"

/** Median of an odd or even number of figures. */
export function median(figures: number[]): number {
    const sorted = [...figures].sort((a, b) => a - b)
    const middle = sorted.length >> 1
    return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Times two ways of doing the same in turn, by the clock or, of those that return a number, by that, so that a machine that slows down slows both, and prints
 * the median time of each and the median of the ratios pair by pair.
 * @returns that ratio, b to a
 */
export async function sideBySide(
    a: { name: string; run: () => unknown },
    b: { name: string; run: () => unknown },
    rounds = 7,
): Promise<number> {
    const times = { a: [] as number[], b: [] as number[], ratio: [] as number[] }
    await a.run()
    await b.run()
    for (let round = 0; round < rounds; round++) {
        const timeA = await time(a.run)
        const timeB = await time(b.run)
        times.a.push(timeA)
        times.b.push(timeB)
        times.ratio.push(timeB / timeA)
    }
    const ratio = median(times.ratio)
    console.log(`  a  ${median(times.a).toFixed(0).padStart(6)} ms  ${a.name}`)
    console.log(`  b  ${median(times.b).toFixed(0).padStart(6)} ms  ${b.name}`)
    const range = `${Math.min(...times.ratio).toFixed(2)} to ${Math.max(...times.ratio).toFixed(2)}`
    console.log(`  b / a  ${ratio.toFixed(2)} (${range} in ${rounds} rounds)`)
    return ratio
}

/**
 * Times ways of doing the same in turn, many times over, and prints the quickest time of each: what else a
 * machine does makes a round longer, never shorter.
 * @returns the first's time to that of each of the others
 */
export function quickest(
    way: { name: string; run: () => void },
    others: readonly { name: string; run: () => void }[],
    rounds = 150,
): number[] {
    const ways = [way, ...others]
    const times = ways.map(() => Infinity)
    for (let round = 0; round < rounds; round++)
        ways.forEach(({ run }, i) => {
            const began = performance.now()
            run()
            times[i] = Math.min(times[i]!, performance.now() - began)
        })
    ways.forEach(({ name }, i) => console.log(`  ${(1000 * times[i]!).toFixed(1)} us  ${name}`))
    return times.slice(1).map(time => times[0]! / time)
}

async function time(action: () => unknown): Promise<number> {
    const began = performance.now()
    const told = await action()
    return typeof told === "number" ? told : performance.now() - began
}

/** The milliseconds of a processor that an action takes, V8's own threads included. */
export function processor(action: () => unknown): () => Promise<number> {
    return async () => {
        const began = process.cpuUsage()
        await action()
        const { user, system } = process.cpuUsage(began)
        return (user + system) / 1000
    }
}

/** Tells a ratio and its goal, for the table that `npm run bench` makes. */
export function tell(what: string, ratio: number, goal: number): void {
    const { BENCH_RESULTS } = process.env
    if (BENCH_RESULTS !== undefined)
        appendFileSync(BENCH_RESULTS, `${JSON.stringify({ what, ratio, goal })}\n`)
}

/** A ratio that is to come to its goal, and has not everywhere. */
export function aim(what: string, ratio: number, goal: number): void {
    tell(what, ratio, goal)
    console.log(`  ${ratio <= goal ? "reached" : "not yet"}: ${what}, ${goal} at most`)
}

/** Ends the benchmark as failed when a ratio is above what is promised. */
export function promise(what: string, ratio: number, most: number): void {
    tell(what, ratio, most)
    const kept = ratio <= most
    console.log(`  ${kept ? "kept" : "BROKEN"}: ${what}, at most ${most}`)
    if (!kept) process.exitCode = 1
}
