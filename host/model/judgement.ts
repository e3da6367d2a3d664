import type { StackFrame } from "./figures"
import type { TimeToDeath } from "./time-to-death"

/** What a run comes to. A person can act on each without thinking twice. */
export const JUDGEMENT_KINDS = [
    /** It did what it was to, with room to spare. */
    "fine",
    /** It ran, but one request more, or a slightly larger one, would have killed it. */
    "tight",
    /** Something still grew at the end, which may yet stop: not told. */
    "still-growing",
    /** Something grows without end. */
    "leak",
    /** What it keeps by its very construction does not fit. */
    "too-large",
    /** Enough was free, but in no piece large enough. */
    "fragmented",
    /** It fits, but not what one call has in hand at once. */
    "peak",
    /** It started itself again, and lost what it had each time. */
    "restarted",
    /** It subscribed to something, or asked for it, that never came. */
    "waiting",
    /** Hardly anything of it ran: nothing is told. */
    "not-exercised",
    /** Somebody, or a timeout, ended it early. */
    "stopped",
    /** It printed the text that means failure, or never the one that means success. */
    "wrong-text",
    /** A step of its scenario failed, or never came. */
    "scenario",
    /** It died of something that is not memory. */
    "died",
] as const

export type JudgementKind = (typeof JUDGEMENT_KINDS)[number]

/**
 * The one judgement of a run: `sim`, `check`, `compare` and `watch` all give it, and it is the last
 * thing they print. Times are simulated milliseconds since the start of the run.
 */
export interface Judgement {
    kind: JudgementKind
    /** `good`: as hoped; `warning`: worth a look; `bad`: the program or an expectation failed. */
    severity: "good" | "warning" | "bad"
    /** What is wrong, or that nothing is, in one line of plain words. */
    headline: string
    /** What that rests on: a sentence each, the strongest first. */
    evidence: string[]
    /** The line to look at. */
    at?: StackFrame
    /** What grows, as the program reaches it. */
    container?: string
    /** When it will run out of memory, and between what that is certain; only of what still runs. */
    death?: TimeToDeath
    /** What to run next, and what that is good for. */
    next?: { command: string; why: string }
}

/** What any report comes to, as the last thing that is printed. */
export type Conclusion = Pick<Judgement, "severity" | "headline" | "evidence" | "at" | "next">
