import { saved, type Advice, type Complexity } from "../../documents/advice"
import { roundMs, type BoardTime } from "../../model/board-time"
import type { GcFigures } from "../../model/figures"

/** How hard each technique is, as its lesson says; a test holds it against the lessons. */
export const COMPLEXITY_OF: Record<string, Complexity> = {
    ...{ aligned: "low", "flag-packing": "low", heap: "low", "iterator-chains": "low" },
    ...{
        "keep-last": "low",
        ordering: "low",
        "out-parameter": "low",
        references: "low",
        stack: "low",
        static: "low",
    },
    ...{ "what-is-a-heap": "low", "zero-size-types": "low" },
    ...{ "block-pool": "medium", "container-reuse": "medium", "copy-on-write": "medium" },
    ...{ "enum-layout": "medium", interning: "medium", packed: "medium", pool: "medium" },
    ...{ "string-building": "medium" },
    ...{ "bit-packing": "high", "small-vector": "high" },
}

/**
 * Adds what following an advice costs: how hard it is, and what it does to the board's time as far as that
 * goes to allocating and collecting, which follow the bytes allocated. What the calls of a structure take
 * beside that, its lesson tells.
 */
export function priced(
    advice: Advice,
    { boardTime, gc }: { boardTime: BoardTime; gc: GcFigures },
): Advice {
    const share = gc.allocatedBytes > 0 ? saved(advice.churn) / gc.allocatedBytes : 0
    const before = boardTime.ms
    const after = roundMs(before - share * (boardTime.allocatingMs + boardTime.collectingMs))
    return {
        ...advice,
        complexity: advice.complexity ?? COMPLEXITY_OF[advice.lesson ?? ""] ?? "low",
        ...(after !== before && { boardTimeMs: { before, after } }),
    }
}
