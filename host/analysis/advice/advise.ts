import { saved, type Advice } from "../../documents/advice"
import { HeapIndex, type AdviceFacts } from "./advice-input"
import { makersIn } from "./object-makers"
import { recordGroups } from "./record-groups"
import { isWorthIt, type AdviceContext, type Rule } from "./rule"
import { adviseFusing } from "./rules/array-chains"
import { adviseConstants } from "./rules/constants"
import { adviseSharing } from "./rules/copies"
import { adviseCopyOnWrite } from "./rules/equal-buffers"
import { adviseInterning } from "./rules/equal-texts"
import { adviseFlags } from "./rules/flags"
import { adviseSizing } from "./rules/grown-arrays"
import { adviseNumbers } from "./rules/number-lists"
import { advisePadding } from "./rules/padded-rows"
import { adviseRecords } from "./rules/records"
import { adviseReuse } from "./rules/repeated-results"
import { adviseShortLists } from "./rules/short-lists"
import { adviseOrdering } from "./rules/struct-gaps"
import { adviseBlocks } from "./rules/temporary-buffers"
import { adviseLists } from "./rules/temporary-lists"
import { adviseTemporaries } from "./rules/temporary-objects"
import { adviseBuilding } from "./rules/text-steps"
import { adviseUnions } from "./rules/unions"
import { adviseWrappers } from "./rules/wrappers"

/** The special before the general: what one has claimed, the next ones leave alone. */
const RULES: readonly Rule[] = [
    ...[adviseConstants, adviseWrappers, adviseUnions, adviseSharing, adviseRecords, adviseFlags],
    ...[adviseShortLists, adviseCopyOnWrite, advisePadding, adviseOrdering],
    ...[adviseReuse, adviseInterning, adviseSizing, adviseNumbers, adviseFusing],
    ...[adviseTemporaries, adviseLists, adviseBlocks, adviseBuilding],
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
    return RULES.flatMap(rule => rule(context))
        .map(advice => withSavings(advice, hasCalls))
        .filter(advice => isWorthIt(facts, advice))
        .sort((a, b) => urgent(b) - urgent(a) || share(b) - share(a))
}

/** Without what an advice does not save, and without what nobody can tell: who allocates. */
function withSavings({ live, churn, peak, ...advice }: Advice, hasCalls: boolean): Advice {
    return {
        ...advice,
        ...(live && saved(live) > 0 && { live }),
        ...(churn && saved(churn) > 0 && hasCalls && { churn }),
        ...(peak && saved(peak) > 0 && { peak }),
    }
}
