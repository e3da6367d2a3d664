import { checkCapacity, failRange } from "./check"

/** The figures of an interner. */
export interface InternerStats {
    /** The most different texts it can hold. */
    capacity: number
    /** The different texts it holds. */
    length: number
    /** How many texts it was given, those it knew included. */
    total: number
    /** How many of these it turned away because it was full. */
    refused: number
}

/**
 * Numbers for texts: the same text always gets the same small integer, its symbol, counted from 0.
 * A symbol takes no heap, is compared in one step and fits in a byte of a record, where every copy
 * of a text takes 9 bytes and its length. When it is full it refuses a new text: `intern` returns -1
 * and `refused` counts.
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
    private texts: string[]
    /** The different texts it holds; they never become fewer, but for `clear`. Read only. */
    length: number
    /** The most different texts it can hold. */
    readonly capacity: number
    /** How many texts it was given, those it knew included. Read only. */
    total: number
    /** How many of these it turned away because it was full. Read only. */
    refused: number

    /**
     * @param capacity The most different texts it can hold: at least 1, at most 7,166.
     * @throws RangeError or TypeError if it is outside its range.
     */
    constructor(capacity: number) {
        checkCapacity(capacity, 8)
        this.texts = new Array<string>(capacity)
        this.length = 0
        this.capacity = capacity
        this.total = 0
        this.refused = 0
    }

    /**
     * The symbol of a text, a new one if it has none yet.
     *
     * @returns The symbol, or -1 if the text is new and there is no room.
     * @throws TypeError if it is not a string.
     */
    intern(text: string): number {
        const symbol = this.find(text)
        this.total++
        if (symbol >= 0) return symbol
        if (this.length === this.capacity) {
            this.refused++
            return -1
        }
        this.texts[this.length] = text
        return this.length++
    }

    /**
     * The symbol of a text, or -1 if it has none.
     *
     * @throws TypeError if it is not a string.
     */
    find(text: string): number {
        if (typeof text !== "string") throw new TypeError(`text must be a string, got ${text}`)
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
        if (symbol >>> 0 !== symbol || symbol >= this.length)
            failRange("symbol", symbol, 0, this.length - 1)
        return this.texts[symbol] as string
    }

    /** The different texts as a part of all, 0 to 1; 1 if it was given none. */
    ratio(): number {
        return this.total === 0 ? 1 : this.length / this.total
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

    /** Forgets all texts: their symbols mean nothing any more. Counters start again. */
    clear(): void {
        while (this.length > 0) this.texts[--this.length] = ""
        this.total = 0
        this.refused = 0
    }

    /** Its figures, in `into` or else in a new object. */
    stats(into?: InternerStats): InternerStats {
        if (!into) into = { capacity: 0, length: 0, total: 0, refused: 0 }
        into.capacity = this.capacity
        into.length = this.length
        into.total = this.total
        into.refused = this.refused
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
 */
export function flashSymbol(texts: string, text: string, separator: string = "|"): number {
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
