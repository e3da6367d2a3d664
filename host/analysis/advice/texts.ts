/** A text on the heap that a program has made. */
export interface MadeText {
    address: number
    /** Bytes of its block. */
    bytes: number
    /** Bytes of the text in it. */
    length: number
    /** pc of the first instruction of its function. */
    functionStart: number
    pc: number
    /** Address of the function's frame, and how many calls of the function there had been with it. */
    frame: number
    call: number
    /** How `+` made it; undefined when something else did. */
    plus: Concatenation | undefined
}

/**
 * What a `+` did: turned a number into a text, for a sum of texts, or put two together: their
 * addresses, 0 for one in flash.
 */
export type Concatenation = "conversion" | { left: number; right: number }

/** What a function did with texts over a run: counts, and bytes of blocks. */
export interface TextFacts {
    /** Made on the way to another one in the same statement, numbers as texts included. */
    steps: number
    stepBytes: number
    /** Sums that a later statement, or a later call, appended to. */
    appends: number
    appendedBytes: number
    /** Texts that such appending ended in. */
    ends: number
    endBytes: number
    /** Texts that a loop made longer by the same few characters, and the sums it takes but for the last. */
    pads: number
    padBytes: number
    /** The padding, if it were a text of its own. */
    paddingBytes: number
    /** Padded texts that were then put into a longer one. */
    paddedBytes: number
}

/** What was made at one place of the program. */
export interface TextSite {
    /** pc of the first instruction of its function. */
    functionStart: number
    texts: number
    bytes: number
    /** Of the texts, the sums. */
    sums: number
    /** It is a sum that pads. */
    pads: boolean
    /** Hashes of different texts, as far as they were looked at; undefined when they were too many. */
    different: Set<number> | undefined
}
