/** More different arguments than this are not worth a place for each. */
const MAX_DIFFERENT = 64
/** Of two numbers each is below this: together they are one number. */
const PAIR_BASE = 0x10000

/** Different arguments that a function had over a run. */
export type ArgumentFacts =
    /** Whole numbers from `least` on, `step` apart or a multiple of it; of two, the second is in `inner`. */
    | { kind: "numbers"; different: number; least: number; most: number; step: number }
    /** Two whole numbers from 0 to `most`, and to `inner`. */
    | { kind: "pairs"; different: number; most: number; inner: number }
    | { kind: "texts"; different: number }

/** One argument, as the VM has it: a whole number, or the hash of a text. */
export interface Argument {
    kind: "number" | "text" | "other"
    value: number
}

/**
 * Notes which arguments a function was called with, as long as they are whole numbers or texts, and few. It
 * is asked at every call: it makes no object for one.
 */
export class ArgumentLog {
    private readonly seen = new Set<number>()
    private kind: Argument["kind"] | undefined
    /** It had others, or too many. */
    private isOver = false

    /** @param count of the function's parameters: one or two */
    constructor(readonly count: number) {}

    add(first: Argument, second: Argument): void {
        if (this.isOver) return
        const isPair = this.count === 2
        this.kind ??= first.kind
        const fits = isPair
            ? isSmall(first) && isSmall(second)
            : first.kind !== "other" && first.kind === this.kind
        if (fits) this.seen.add(isPair ? first.value * PAIR_BASE + second.value : first.value)
        this.isOver = !fits || this.seen.size > MAX_DIFFERENT
        if (this.isOver) this.seen.clear()
    }

    /** Undefined when there was nothing to tell. */
    facts(): ArgumentFacts | undefined {
        const all = [...this.seen]
        const different = all.length
        if (different === 0) return undefined
        if (this.count === 2)
            return {
                ...{ kind: "pairs", different },
                most: Math.max(...all.map(pair => Math.floor(pair / PAIR_BASE))),
                inner: Math.max(...all.map(pair => pair % PAIR_BASE)),
            }
        if (this.kind === "text") return { kind: "texts", different }
        const least = Math.min(...all)
        const step = all.reduce((common, value) => divisor(common, value - least), 0) || 1
        return { kind: "numbers", different, least, most: Math.max(...all), step }
    }
}

function isSmall({ kind, value }: Argument): boolean {
    return kind === "number" && value >= 0 && value < PAIR_BASE
}

/** The largest number that divides both. */
function divisor(a: number, b: number): number {
    return b === 0 ? a : divisor(b, a % b)
}
