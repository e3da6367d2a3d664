import { saved, type Advice, type Change, type Complexity } from "../../documents/advice"
import { roundMs, type BoardTime } from "../../model/board-time"
import type { GcFigures } from "../../model/figures"
import { flashBytes } from "./flash-costs"
import type { Prediction } from "./prediction"

/** How hard each technique is, as its lesson says; a test holds it against the lessons. */
export const COMPLEXITY_OF: Record<string, Complexity> = {
    ...{ aligned: "low", "flag-packing": "low", heap: "low", "iterator-chains": "low" },
    ...{
        "keep-last": "low",
        ordering: "low",
        "out-parameter": "low",
        references: "low",
        "rush-hour": "low",
        stack: "low",
        static: "low",
    },
    ...{ "what-is-a-heap": "low", "zero-size-types": "low" },
    ...{ "block-pool": "medium", "container-reuse": "medium", "copy-on-write": "medium" },
    ...{ "enum-layout": "medium", interning: "medium", packed: "medium", pool: "medium" },
    ...{ "string-building": "medium" },
    ...{ "bit-packing": "high", "small-vector": "high" },
}

/** What a run took, as far as an advice changes it. */
interface RunCosts {
    boardTime: BoardTime
    gc: GcFigures
    program: { bytecodeBytes: number }
}

/**
 * Adds what following an advice costs: how hard it is, the program in flash, and what it does to the board's
 * time: allocating and collecting, and what running takes where the advice knows that. Where it does not,
 * what the calls of a structure take its lesson tells.
 * @param has tells whether the program has one of the library's structures
 */
export function priced(
    advice: Advice,
    costs: RunCosts,
    has: (structure: string) => boolean,
    prediction?: Prediction,
): Advice {
    const allocating = prediction?.boardTimeMs(advice, costs.boardTime) ?? byShare(advice, costs)
    const after = roundMs(allocating.after - saved(advice.workMs))
    const time = { before: allocating.before, after }
    return {
        ...advice,
        complexity: advice.complexity ?? COMPLEXITY_OF[advice.lesson ?? ""] ?? "low",
        flashBytes: flashBytes(advice, costs.program.bytecodeBytes, has),
        ...(time.after !== time.before && { boardTimeMs: time }),
    }
}

/** Where nobody can tell which allocations an advice is about: all cost alike. */
function byShare(advice: Advice, { boardTime, gc }: RunCosts): Change {
    const share = gc.allocatedBytes > 0 ? saved(advice.churn) / gc.allocatedBytes : 0
    const before = boardTime.ms
    const after = roundMs(before - share * (boardTime.allocatingMs + boardTime.collectingMs))
    return { before, after }
}
