import { saved, type Advice } from "./advice"
import { HeapIndex, type AdviceFacts } from "./facts"
import { makersIn } from "./makers"
import { recordGroups } from "./records"
import type { AdviceContext, Rule } from "./rule"
import { adviseFusing } from "./rules/array-chains"
import { adviseConstants } from "./rules/constants"
import { adviseSharing } from "./rules/copies"
import { adviseCopyOnWrite } from "./rules/equal-buffers"
import { adviseInterning } from "./rules/equal-texts"
import { adviseSizing } from "./rules/grown-arrays"
import { advisePadding } from "./rules/padded-rows"
import { adviseRecords } from "./rules/records"
import { adviseReuse } from "./rules/repeated-results"
import { adviseShortLists } from "./rules/short-lists"
import { adviseOrdering } from "./rules/struct-gaps"
import { adviseBlocks } from "./rules/temporary-buffers"
import { adviseTemporaries } from "./rules/temporary-objects"
import { adviseBuilding } from "./rules/text-steps"
import { adviseUnions } from "./rules/unions"
import { adviseWrappers } from "./rules/wrappers"

/** The special before the general: what one has claimed, the next ones leave alone. */
const RULES: readonly Rule[] = [
    ...[adviseConstants, adviseWrappers, adviseUnions, adviseSharing, adviseRecords],
    ...[adviseShortLists, adviseCopyOnWrite, advisePadding, adviseOrdering],
    ...[adviseReuse, adviseInterning, adviseSizing, adviseFusing],
    ...[adviseTemporaries, adviseBlocks, adviseBuilding],
]

/** To save fewer live bytes and a smaller share of the churn is not worth a change. */
const LEAST_LIVE_BYTES = 256
const LEAST_CHURN_SHARE = 0.01

/** What a program could do to take less memory, what saves the largest share of the heap or of the churn first. */
export function advise(facts: AdviceFacts): Advice[] {
    const index = new HeapIndex(facts.graph)
    const context: AdviceContext = {
        ...facts,
        index,
        groups: recordGroups(index),
        makers: makersIn(facts.calls),
        claimed: { nodes: new Set(), functions: new Set() },
    }
    const churnShare = ({ churn }: Advice) => saved(churn) / facts.allocatedBytes
    const share = (advice: Advice) =>
        Math.max(saved(advice.live) / facts.capacityBytes, churnShare(advice))
    return RULES.flatMap(rule => rule(context))
        .filter(
            advice =>
                saved(advice.live) >= LEAST_LIVE_BYTES || churnShare(advice) >= LEAST_CHURN_SHARE,
        )
        .sort((a, b) => share(b) - share(a))
}
