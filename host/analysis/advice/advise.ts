import { saved, type Advice } from "../../documents/advice"
import { HeapIndex, type AdviceFacts } from "./advice-input"
import { makersIn } from "./object-makers"
import { mergeAdvice } from "./merge-advice"
import { recordGroups } from "./record-groups"
import { isWorthIt, type AdviceContext, type Rule } from "./rule"
import { adviseIteratorChains } from "./rules/iterator-chains"
import { adviseAnswers } from "./rules/answers"
import { adviseAccessPatterns } from "./usage/access-patterns"
import { adviseCopies } from "./usage/copies"
import { adviseColumns } from "./usage/columns"
import { adviseObjectQueues } from "./usage/queues"
import { adviseRepeatedResults } from "./usage/repeated-results"
import { adviseStructures } from "./usage/structures"
import { adviseStatic } from "./rules/static"
import { adviseReferences } from "./rules/references"
import { adviseCopyOnWrite } from "./rules/copy-on-write"
import { adviseInterning } from "./rules/interning"
import { adviseFlagPacking } from "./rules/flag-packing"
import { adviseHeap } from "./rules/heap"
import { advisePackedNumbers } from "./rules/packed-numbers"
import { adviseAligned } from "./rules/aligned"
import { advisePackedRecords } from "./rules/packed-records"
import { adviseContainerReuseResults } from "./rules/container-reuse-results"
import { adviseSmallVector } from "./rules/small-vector"
import { adviseOrdering } from "./rules/ordering"
import { adviseBlockPool } from "./rules/block-pool"
import { adviseContainerReuseLists } from "./rules/container-reuse-lists"
import { advisePool } from "./rules/pool"
import { adviseStringBuilding } from "./rules/string-building"
import { adviseEnumLayout } from "./rules/enum-layout"
import { adviseZeroSizeTypes } from "./rules/zero-size-types"

/** The special before the general: what one has claimed, the next ones leave alone. */
const RULES: readonly Rule[] = [
    ...[adviseStructures, adviseCopies],
    ...[
        adviseStatic,
        adviseObjectQueues,
        adviseColumns,
        adviseZeroSizeTypes,
        adviseEnumLayout,
        adviseReferences,
        advisePackedRecords,
        adviseFlagPacking,
    ],
    adviseAccessPatterns,
    adviseRepeatedResults,
    ...[adviseSmallVector, adviseCopyOnWrite, adviseAligned, adviseOrdering],
    ...[
        adviseContainerReuseResults,
        adviseInterning,
        adviseAnswers,
        adviseHeap,
        advisePackedNumbers,
        adviseIteratorChains,
    ],
    ...[advisePool, adviseContainerReuseLists, adviseBlockPool, adviseStringBuilding],
]

/**
 * What a program could do to take less memory, what saves the largest share of the heap or of the churn
 * first; of a program that ran out of memory, what saves most of the heap.
 */
export function advise(facts: AdviceFacts): Advice[] {
    const index = new HeapIndex(facts.graph)
    const context: AdviceContext = {
        ...facts,
        index,
        starts: facts.frames.get(facts.functionStarts[0] ?? -1)?.calls ?? 1,
        groups: recordGroups(index),
        makers: makersIn(facts),
        claimed: { nodes: new Set(), functions: new Set(), pcs: new Set() },
    }
    const liveShare = ({ live }: Advice) => saved(live) / facts.capacityBytes
    const share = (advice: Advice) =>
        Math.max(liveShare(advice), saved(advice.churn) / facts.allocatedBytes)
    const urgent = facts.ranOut ? liveShare : () => 0
    const hasCalls = facts.functionStarts.length > 0
    return mergeAdvice(RULES.flatMap(rule => rule(context)))
        .map(advice => withSavings(advice, hasCalls))
        .filter(advice => isWorthIt(facts, advice))
        .sort((a, b) => urgent(b) - urgent(a) || share(b) - share(a))
}

/**
 * Without what an advice does not save, but for the price of a structure: that its calls allocate more. And
 * without what nobody can tell: who allocates.
 */
function withSavings({ live, churn, peak, ...advice }: Advice, hasCalls: boolean): Advice {
    return {
        ...advice,
        ...(live && saved(live) > 0 && { live }),
        ...(churn && (saved(churn) > 0 || advice.workMs || advice.brings) && hasCalls && { churn }),
        ...(peak && saved(peak) > 0 && { peak }),
    }
}
