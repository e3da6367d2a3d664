import { MIN_LIVE_BYTES, saved, type Advice } from "../../documents/advice"
import type { AdviceFacts, HeapIndex } from "./advice-input"
import type { StackFrame } from "../../model/figures"
import type { GraphNode } from "../../model/graph/graph"
import type { Maker } from "./object-makers"
import type { RecordGroup } from "./record-groups"

/** What rules work with. */
export interface AdviceContext extends AdviceFacts {
    index: HeapIndex
    groups: readonly RecordGroup[]
    makers: readonly Maker[]
    /** How often the program was started: it may start itself again. */
    starts: number
    /**
     * What an earlier rule gave its advice about, so that nothing is saved twice: objects by id, functions
     * by pc of their first instruction, places by the pc that allocates there.
     */
    claimed: { nodes: Set<number>; functions: Set<number>; pcs: Set<number> }
}

/** Looks for one kind of waste. What a rule has advice about, it claims. */
export type Rule = (context: AdviceContext) => Advice[]

/** Fewer of something than this are not worth another way to write a program. */
export const MIN_COUNT = 8

/** To save less than this is not worth a change where no live bytes are saved: a share of the churn that is not tiny. */
const MIN_CHURN_SHARE = 0.01
const MIN_CHURN_BYTES = 512

/** What comes and goes kills nobody: to a program that ran out, allocating less of it is no help. */
export function isWorthIt(
    { allocatedBytes, ranOut }: Pick<AdviceFacts, "allocatedBytes" | "ranOut">,
    { live, churn }: Pick<Advice, "live" | "churn">,
): boolean {
    if (ranOut) return saved(live) >= MIN_LIVE_BYTES
    const least = Math.max(MIN_CHURN_BYTES, MIN_CHURN_SHARE * allocatedBytes)
    return saved(live) >= MIN_LIVE_BYTES || saved(churn) >= least
}

/** The line of the most common pc, as an advice has it. */
export function placeOf(context: AdviceContext, pc: number): Pick<Advice, "at"> {
    const at = pc === 0 ? undefined : context.lineOf(pc)
    return at ? { at } : {}
}

/** The line that makes most of these objects, at a pc, and the others that make some. */
export function placesOf(
    context: AdviceContext,
    pc: number,
    objects: readonly GraphNode[],
): Pick<Advice, "at" | "alsoAt"> {
    const { at } = placeOf(context, pc)
    const others = new Map<string, StackFrame>()
    for (const { pc = 0 } of objects) {
        const line = pc === 0 ? undefined : context.lineOf(pc)
        if (line && placeText(line) !== placeText(at)) others.set(placeText(line), line)
    }
    const alsoAt = [...others.values()].sort(
        (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
    )
    return { ...(at && { at }), ...(alsoAt.length > 0 && { alsoAt }) }
}

function placeText(at: StackFrame | undefined): string {
    return at ? `${at.file}:${at.line}` : ""
}
