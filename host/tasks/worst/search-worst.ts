import { SeededRandom } from "../../base/seeded-random"
import type { ScenarioFile } from "../../documents/scenario/scenario"
import type { SimReport } from "../../documents/sim-report"
import type { WorstCase } from "../../documents/scenario/worst-report"
import type { Program } from "../../model/program/program"
import { seedOf } from "../../simulator/world/seed-of"
import { Candidates, type Candidate } from "./candidate"
import { surfaceOf } from "./surface"

/** Candidates from which others are made. */
const KEPT = 6
/** Of all that are made, one in this many is of two. */
const CROSSED = 4

/** How a program is run. */
export interface WorstOptions {
    program: Program
    forMs: number
    seed: number
    /** Runs that may be taken. */
    runs: number
    /** What a user's own scenario says; its events stay. */
    base?: ScenarioFile
    /** Runs the program with a scenario, on the largest heap. */
    run: (scenario: ScenarioFile) => Promise<SimReport>
    /** Runs it as it is; told when it opens connections, in simulated milliseconds. */
    learn: (scenario: ScenarioFile, onOpened: (atMs: number) => void) => Promise<SimReport>
    onRun?: (count: number, worst: WorstCase) => void
    isStopped?: () => boolean
}

/** What a search found. */
export interface Found {
    usual: WorstCase
    worst: WorstCase & { foundAtRun: number; scenario: ScenarioFile }
    searched: number
    /** Runs that found out what of the worst can be left out. */
    simplified: number
}

/** Looks for what makes a program keep the most: the same options find the same. */
export async function searchWorst(options: WorstOptions): Promise<Found> {
    const { program, forMs, seed, runs, base = {}, onRun } = options
    const random = new SeededRandom(seedOf(seed, "worst"))
    const opened: number[] = []
    const plain = { ...base, seed, for: `${forMs}ms` }
    const first = await options.learn(plain, atMs => opened.push(atMs))
    const candidates = new Candidates(random, surfaceOf(program, first, opened), forMs, base)
    const usual = caseOf(first)
    let worst: Found["worst"] = { ...usual, foundAtRun: 1, scenario: plain }
    let worstCandidate: Candidate = { seed, events: [] }
    let searched = 1
    let kept: { candidate: Candidate; rank: number }[] = [
        { candidate: { seed, events: [] }, rank: rankOf(usual) },
    ]
    const probes = candidates.probes(seed)
    while (searched < runs && !options.isStopped?.()) {
        const probe = searched <= runs / 2 ? probes.next().value : undefined
        const pick = () => kept[Math.floor(random.fraction() ** 2 * kept.length)]!.candidate
        const isCross = kept.length > 2 && random.fraction() * CROSSED < 1
        const candidate =
            (probe as Candidate | undefined) ??
            candidates.mutated(isCross ? candidates.crossed(pick(), pick()) : pick())
        const scenario = candidates.scenarioOf(candidate)
        const found = caseOf(await options.run(scenario))
        searched++
        if (rankOf(found) > rankOf(worst)) {
            worst = { ...found, foundAtRun: searched, scenario }
            worstCandidate = candidate
        }
        kept = [...kept, { candidate, rank: rankOf(found) }]
            .sort((a, b) => b.rank - a.rank)
            .slice(0, KEPT)
        onRun?.(searched, worst)
    }
    let simplified = 0
    for (let isSimpler = true; isSimpler;) {
        isSimpler = false
        for (const candidate of candidates.simpler(worstCandidate)) {
            const scenario = candidates.scenarioOf(candidate)
            const found = caseOf(await options.run(scenario))
            simplified++
            if (rankOf(found) < rankOf(worst)) continue
            worst = { ...worst, ...found, scenario }
            worstCandidate = candidate
            isSimpler = true
            break
        }
    }
    return { usual, worst, searched, simplified }
}

/** What a run came to. */
export function caseOf({ outcome, heap }: SimReport): WorstCase {
    const isOfMemory =
        outcome.panicName === "out-of-memory" || outcome.panicName === "stack-overflow"
    return {
        highWaterLiveBytes: heap.highWaterLiveBytes,
        ...(isOfMemory && { died: outcome.panicName! }),
    }
}

/** Death for want of memory is worse than all that lives. */
function rankOf({ highWaterLiveBytes, died }: WorstCase): number {
    return highWaterLiveBytes + (died === undefined ? 0 : 1e9)
}
