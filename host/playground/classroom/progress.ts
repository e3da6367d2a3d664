import { signal } from "@preact/signals"
import * as v from "valibot"
import { KeptValue, type KeptTexts } from "../kept-value"

/** What was guessed of a lesson, and what the VM said. */
export interface Answered {
    /** Undefined of who wanted to be told at once. */
    guess?: number
    answer: number
}

const Kept = v.record(
    v.pipe(v.string(), v.maxLength(100)),
    v.object({ guess: v.exactOptional(v.number()), answer: v.number() }),
)

const KEY = "heapscope.lessons"

/**
 * How far a learner is with the lessons. It is kept in the browser's storage for this site, and goes
 * nowhere else; where there is none, as in a private window, it is known until the tab is closed.
 */
export class Progress {
    readonly answered = signal<Readonly<Record<string, Answered>>>({})

    private readonly kept: KeptValue<Record<string, Answered>>

    constructor(storage: KeptTexts | undefined) {
        this.kept = new KeptValue(storage, KEY, Kept)
        this.answered.value = this.kept.read() ?? {}
    }

    of(lesson: string): number | undefined {
        return this.answered.peek()[lesson]?.guess
    }

    /** The first guess counts: after it the answer is known. */
    remember(lesson: string, guess: number | undefined, answer: number): void {
        if (Object.hasOwn(this.answered.peek(), lesson)) return
        const told = { answer, ...(guess !== undefined && { guess }) }
        this.answered.value = { ...this.answered.peek(), [lesson]: told }
        this.kept.write(this.answered.value)
    }

    /** As for the next learner at this computer. */
    forget(): void {
        this.answered.value = {}
        this.kept.forget()
    }
}
