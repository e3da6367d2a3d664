/** Different texts remembered of a place; a place that makes more repeats few of them. */
const MOST_DIFFERENT = 512
/** Texts of a place that are looked at for that. */
const MOST_LOOKED_AT = 20_000

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
    plus: Plus | undefined
}

/**
 * What a `+` did: turned a number into a text, for a sum of texts, or put two together: their
 * addresses, 0 for one in flash.
 */
export type Plus = "conversion" | { left: number; right: number }

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
    /** How many texts each `+` made, by its pc. */
    sums: Map<number, number>
    /** pcs of those that pad. */
    paddedAt: Set<number>
}

/** What was made at one place of the program. */
export interface TextSite {
    /** pc of the first instruction of its function. */
    functionStart: number
    texts: number
    bytes: number
    /** Different texts, as far as they were looked at; undefined when they were too many. */
    different: Set<string> | undefined
}

interface Text extends MadeText {
    isSum: boolean
    /** It is a sum that begins with one of an earlier statement or call. */
    isAppended: boolean
    /** Length of what a loop has made longer until it was this; undefined when none did. */
    unpadded: number | undefined
}

/** Follows the texts that a program puts together with `+`, from one to the next. */
export class TextLog {
    readonly byFunction = new Map<number, TextFacts>()
    readonly bySite = new Map<number, TextSite>()
    /** The latest text at each address. */
    private readonly texts = new Map<number, Text>()

    /**
     * @param isOneStatement whether two pcs belong to the same statement
     * @param bytesOf bytes of the block for a text of so many
     */
    constructor(
        private readonly isOneStatement: (pc: number, other: number) => boolean,
        private readonly bytesOf: (length: number) => number,
    ) {}

    /** @param read what the text is, asked of as many as it takes */
    add(made: MadeText, read: () => string | undefined): void {
        const { plus } = made
        const isSum = plus !== undefined && plus !== "conversion"
        const text: Text = { ...made, isSum, isAppended: false, unpadded: undefined }
        this.count(made, read)
        this.texts.set(made.address, text)
        if (!isSum) return
        const { sums } = this.factsOf(text)
        sums.set(text.pc, (sums.get(text.pc) ?? 0) + 1)
        const left = this.texts.get(plus.left)
        const right = plus.right === plus.left ? undefined : this.texts.get(plus.right)
        const only = left && right ? undefined : (left ?? right)
        if (only?.isSum && only.pc === text.pc && isOneCall(only, text)) {
            this.pad(only, text)
            return
        }
        if (left) this.use(left, text, true)
        if (right) this.use(right, text, false)
    }

    /** The same sum of the same call, and the program's own characters come to it: a loop that pads. */
    private pad(part: Text, text: Text): void {
        const facts = this.factsOf(text)
        const isFirst = part.unpadded === undefined
        // What came before the first one of two such sums is told by what came between them.
        const unpadded = part.unpadded ?? Math.max(0, 2 * part.length - text.length)
        const padding = (length: number) => this.bytesOf(length - unpadded)
        facts.paddedAt.add(text.pc)
        facts.pads += isFirst ? 1 : 0
        facts.padBytes += part.bytes
        facts.paddingBytes += padding(text.length) - (isFirst ? 0 : padding(part.length))
        text.unpadded = unpadded
    }

    private use(part: Text, text: Text, isLeft: boolean): void {
        const facts = this.factsOf(part)
        if (this.isStep(part, text)) {
            facts.steps++
            facts.stepBytes += part.bytes
            if (!isLeft || !part.isAppended) return
            text.isAppended = true
            facts.endBytes += text.bytes - part.bytes
        } else if (part.unpadded !== undefined) facts.paddedBytes += part.bytes
        else if (isLeft && part.isSum && part.functionStart === text.functionStart) {
            text.isAppended = true
            facts.appends++
            facts.appendedBytes += part.bytes
            facts.ends += part.isAppended ? 0 : 1
            facts.endBytes += text.bytes - (part.isAppended ? part.bytes : 0)
        }
    }

    /** A number is turned into a text by the sum itself; a statement's sums come one after the other. */
    private isStep(part: Text, text: Text): boolean {
        if (!isOneCall(part, text)) return false
        if (part.plus === "conversion" && part.pc === text.pc) return true
        return part.isSum && part.pc < text.pc && this.isOneStatement(part.pc, text.pc)
    }

    private count({ functionStart, pc, bytes }: MadeText, read: () => string | undefined): void {
        let site = this.bySite.get(pc)
        if (!site) {
            site = { functionStart, texts: 0, bytes: 0, different: new Set() }
            this.bySite.set(pc, site)
        }
        site.texts++
        site.bytes += bytes
        if (!site.different || site.texts > MOST_LOOKED_AT) return
        const text = read()
        if (text !== undefined) site.different.add(text)
        if (site.different.size > MOST_DIFFERENT) site.different = undefined
    }

    private factsOf({ functionStart }: MadeText): TextFacts {
        let facts = this.byFunction.get(functionStart)
        if (!facts) {
            facts = {
                ...{ steps: 0, stepBytes: 0, sums: new Map(), paddedAt: new Set() },
                ...{ appends: 0, appendedBytes: 0, ends: 0, endBytes: 0 },
                ...{ pads: 0, padBytes: 0, paddingBytes: 0, paddedBytes: 0 },
            }
            this.byFunction.set(functionStart, facts)
        }
        return facts
    }
}

function isOneCall(a: Text, b: Text): boolean {
    return a.frame === b.frame && a.call === b.call && a.functionStart === b.functionStart
}
