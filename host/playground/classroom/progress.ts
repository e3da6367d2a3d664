import { signal } from "@preact/signals"
import * as v from "valibot"

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

/** A tab's storage, as far as it is used: it may refuse. */
export type KeptTexts = Pick<Storage, "getItem" | "setItem" | "removeItem">

/**
 * How far a learner is with the lessons. It is kept in the browser's storage for this site, and goes
 * nowhere else; where there is none, as in a private window, it is known until the tab is closed.
 */
export class Progress {
    readonly answered = signal<Readonly<Record<string, Answered>>>({})

    constructor(private readonly storage: KeptTexts | undefined) {
        this.answered.value = this.read()
    }

    of(lesson: string): number | undefined {
        return this.answered.peek()[lesson]?.guess
    }

    /** The first guess counts: after it the answer is known. */
    remember(lesson: string, guess: number | undefined, answer: number): void {
        if (Object.hasOwn(this.answered.peek(), lesson)) return
        const told = { answer, ...(guess !== undefined && { guess }) }
        this.answered.value = { ...this.answered.peek(), [lesson]: told }
        this.write()
    }

    /** As for the next learner at this computer. */
    forget(): void {
        this.answered.value = {}
        try {
            this.storage?.removeItem(KEY)
        } catch {
            // It was kept nowhere.
        }
    }

    private read(): Record<string, Answered> {
        try {
            const kept = v.safeParse(Kept, JSON.parse(this.storage?.getItem(KEY) ?? "{}"))
            return kept.success ? kept.output : {}
        } catch {
            return {}
        }
    }

    private write(): void {
        try {
            this.storage?.setItem(KEY, JSON.stringify(this.answered.value))
        } catch {
            // Storage that is full or refused: it is known until the tab is closed.
        }
    }
}

/** The browser's storage; undefined where the reader has forbidden it. */
export function tabStorage(): KeptTexts | undefined {
    try {
        return localStorage
    } catch {
        return undefined
    }
}
