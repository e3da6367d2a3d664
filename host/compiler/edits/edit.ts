import type { Advice, Change } from "../../documents/advice"
import type { ProgramCode } from "./program-code"
import type { TextEdit } from "./text-edit"

/** What would carry an advice out. */
export interface Proposal {
    /** In a few words, as `orders: 200 objects become records in a buffer`. */
    title: string
    edits: TextEdit[]
    /** What it saves where that is not what the advice tells, since it goes less far, or further. */
    predicted?: { live?: Change; churn?: Change }
}

/**
 * Makes the edits that carry one kind of advice out, or says why not. Changes nothing.
 * @param all the advice that there is: an edit may carry out more than one
 */
export type EditRule = (advice: Advice, code: ProgramCode, all: readonly Advice[]) => Proposal
