import { textBytes } from "../bytes"
import { checkCapacity, failRange, failType } from "../check"
import type { InternerStats } from "../interner"
import { copyStats } from "../stats"

export { flashSymbol, type InternerStats } from "../interner"

/** What a text takes on a board's heap beside its bytes. */
const STRING_BYTES = 9

/** A text that has a symbol. */
interface Known {
    readonly text: string
    readonly symbol: number
    /** How often it was given again. */
    hits: number
}

/**
 * `Interner` in Node: a `Map` finds the text. Each text counts for itself, which is one step a call; the
 * figures of all of them are summed up when somebody asks.
 */
export class Interner {
    private readonly known: Map<string, Known>
    /** The same by symbol. */
    private readonly symbols: Known[]
    /** How many texts it was given that it did not know. */
    private unknown: number
    /** Of texts that `clear` made it forget. */
    private forgottenHits: number
    private forgottenBytes: number
    readonly length: number
    readonly capacity: number
    readonly highWaterMark: number
    readonly refused: number

    constructor(capacity: number) {
        checkCapacity(capacity, 8)
        this.known = new Map()
        this.symbols = []
        this.unknown = 0
        this.forgottenHits = 0
        this.forgottenBytes = 0
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
    }

    get total(): number {
        return this.unknown + this.hits
    }

    get hits(): number {
        return this.symbols.reduce((sum, { hits }) => sum + hits, this.forgottenHits)
    }

    get savedBytes(): number {
        return this.symbols.reduce(
            (sum, { text, hits }) => sum + (hits > 0 ? hits * (STRING_BYTES + textBytes(text)) : 0),
            this.forgottenBytes,
        )
    }

    intern(text: string): number | undefined {
        const known = this.known.get(text)
        if (known === undefined) return this.add(text)
        known.hits++
        return known.symbol
    }

    find(text: string): number {
        const known = this.known.get(text)
        if (known !== undefined) return known.symbol
        if (typeof text !== "string") failType("text", text, "a string")
        return -1
    }

    resolve(symbol: number): string {
        const known = this.symbols[symbol]
        if (known === undefined || symbol >>> 0 !== symbol)
            failRange("symbol", symbol, 0, this.length - 1)
        return known.text
    }

    dedupeRatio(): number {
        const { hits, total } = this
        return total === 0 ? 0 : hits / total
    }

    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    clear(): void {
        this.forgottenBytes = this.savedBytes
        this.forgottenHits = this.hits
        this.known.clear()
        this.symbols.length = 0
        ;(this as InternerStats).length = 0
    }

    stats(into?: InternerStats): InternerStats {
        if (into === undefined)
            into = {
                capacity: 0,
                length: 0,
                highWaterMark: 0,
                refused: 0,
                total: 0,
                hits: 0,
                savedBytes: 0,
            }
        copyStats(this, into)
        into.total = this.total
        into.hits = this.hits
        into.savedBytes = this.savedBytes
        return into
    }

    /** Gives a text that has no symbol the next, if there is one. */
    private add(text: string): number | undefined {
        if (typeof text !== "string") failType("text", text, "a string")
        this.unknown++
        const symbol = this.length
        if (symbol === this.capacity) {
            ;(this as InternerStats).refused = this.refused + 1
            return undefined
        }
        const known = { text, symbol, hits: 0 }
        this.known.set(text, known)
        this.symbols.push(known)
        ;(this as InternerStats).length = symbol + 1
        if (symbol === this.highWaterMark) (this as InternerStats).highWaterMark = symbol + 1
        return symbol
    }
}
