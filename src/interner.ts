import { textBytes } from "./bytes"
import { checkCapacity, failRange, failType } from "./check"
import { copyStats } from "./stats"

/** What a text takes on a board's heap beside its bytes. */
const STRING_BYTES = 9

/** The figures of an interner. */
export interface InternerStats {
    /** The most different texts it can hold. */
    capacity: number
    /** The different texts it holds. */
    length: number
    /** The most different texts it ever held. */
    highWaterMark: number
    /** How many texts it turned away because it was full. */
    refused: number
    /** How many texts it was given, those it knew included. */
    total: number
    /** How many of these it knew. */
    hits: number
    /** The bytes of heap that these would take, each kept as a text of its own. */
    savedBytes: number
}

/**
 * Numbers for texts: the same text always gets the same small integer, its symbol, counted from 0.
 * A symbol takes no heap, is compared in one step and fits in a byte of a record, where every copy
 * of a text takes 9 bytes and its length. When it is full it refuses a new text: `intern` returns
 * undefined and `refused` counts.
 *
 * The first text of each kind is kept: if it is a literal in the program, that is 8 bytes, for
 * literals are in flash. On the board the interner takes 8 bytes for each text of its capacity and
 * 120 bytes. No operation allocates, call frames apart. Looking up compares with one text after the
 * other; the comparing itself is built in.
 *
 * If all texts are known when the program is written, `flashSymbol` does it without any heap.
 *
 * @devsWhenUsed
 */
export class Interner {
    private readonly texts: string[]
    /** The different texts it holds; they never become fewer, but for `clear`. */
    readonly length: number
    /** The most different texts it can hold. */
    readonly capacity: number
    /** The most different texts it ever held; `clear` does not lower it. */
    readonly highWaterMark: number
    /** How many texts it turned away because it was full. */
    readonly refused: number
    /** How many texts it was given, those it knew included. */
    readonly total: number
    /** How many of these it knew. */
    readonly hits: number
    /** The bytes of heap that these would take, each kept as a text of its own. */
    readonly savedBytes: number

    /**
     * @param capacity The most different texts it can hold: at least 1, at most 7,166.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkCapacity(capacity, 8)
        this.texts = new Array<string>(capacity)
        this.length = 0
        this.capacity = capacity
        this.highWaterMark = 0
        this.refused = 0
        this.total = 0
        this.hits = 0
        this.savedBytes = 0
    }

    /**
     * The symbol of a text, a new one if it has none yet.
     *
     * @returns The symbol, or undefined if the text is new and there is no room.
     * @throws TypeError if it is not a string.
     */
    intern(text: string): number | undefined {
        const symbol = this.find(text)
        ;(this as InternerStats).total = this.total + 1
        if (symbol >= 0) {
            ;(this as InternerStats).hits = this.hits + 1
            ;(this as InternerStats).savedBytes = this.savedBytes + STRING_BYTES + textBytes(text)
            return symbol
        }
        const length = this.length
        if (length === this.capacity) {
            ;(this as InternerStats).refused = this.refused + 1
            return undefined
        }
        this.texts[length] = text
        ;(this as InternerStats).length = length + 1
        if (length === this.highWaterMark) (this as InternerStats).highWaterMark = length + 1
        return length
    }

    /**
     * The symbol of a text, or -1 if it has none.
     *
     * @throws TypeError if it is not a string.
     */
    find(text: string): number {
        if (typeof text !== "string") failType("text", text, "a string")
        const texts = this.texts
        for (let symbol = 0; symbol < this.length; symbol++)
            if (texts[symbol] === text) return symbol
        return -1
    }

    /**
     * The text of a symbol: the one that was interned first, not a copy.
     *
     * @throws RangeError if there is no such symbol.
     */
    resolve(symbol: number): string {
        if (symbol >>> 0 !== symbol) failRange("symbol", symbol, 0, this.length - 1)
        if (symbol >= this.length) failRange("symbol", symbol, 0, this.length - 1)
        return this.texts[symbol] as string
    }

    /** The part of all texts that it knew already, 0 to 1: what keeping each once spared. */
    dedupeRatio(): number {
        return this.total === 0 ? 0 : this.hits / this.total
    }

    /** How many more different texts it takes before it refuses. */
    available(): number {
        return this.capacity - this.length
    }

    isEmpty(): boolean {
        return this.length === 0
    }

    isFull(): boolean {
        return this.length === this.capacity
    }

    /** Forgets all texts: their symbols mean nothing any more. Capacity and counters stay. */
    clear(): void {
        for (let symbol = this.length - 1; symbol >= 0; symbol--) this.texts[symbol] = ""
        ;(this as InternerStats).length = 0
    }

    /** Its figures, in `into` or else in a new object. */
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
}

/**
 * The symbol of a text among texts that stand in one literal, separated by a character: that of
 * `"Bread"` in `"Soup|Bread"` is 1. The literal is in flash, so this interner takes no heap. The
 * way back is `textRow(texts, symbol)`.
 *
 * @param text A text without the separator; the empty one is never there.
 * @param separator One character that no text contains; `|` unless given.
 * @returns The symbol, or -1 if the text is not there.
 * @throws RangeError or TypeError if the separator is not one character.
 */
export function flashSymbol(texts: string, text: string, separator: string = "|"): number {
    if (typeof texts !== "string") failType("texts", texts, "a string")
    if (typeof text !== "string") failType("text", text, "a string")
    if (typeof separator !== "string") failType("separator", separator, "a string")
    if (separator.length !== 1)
        throw new RangeError(`separator must be one character, got "${separator}"`)
    if (text.length === 0) return -1
    const between = separator.charCodeAt(0)
    for (let at = texts.indexOf(text); at >= 0; at = texts.indexOf(text, at + 1)) {
        const end = at + text.length
        if (at > 0 && texts.charCodeAt(at - 1) !== between) continue
        if (end < texts.length && texts.charCodeAt(end) !== between) continue
        let symbol = 0
        for (
            let i = texts.indexOf(separator);
            i >= 0 && i < at;
            i = texts.indexOf(separator, i + 1)
        )
            symbol++
        return symbol
    }
    return -1
}
