import type { MadeText, TextFacts, TextSite } from "./texts"

/** Different texts counted at a place; a place that makes more repeats few of them. */
const MAX_DIFFERENT = 512
/** Texts of a place that are looked at for that. */
const MAX_LOOKED_AT = 5000

/** What is kept of a text, used again for the next one at its address. */
class Text {
    bytes = 0
    length = 0
    functionStart = 0
    pc = 0
    frame = 0
    call = 0
    isConversion = false
    isSum = false
    /** It is a sum that begins with one of an earlier statement or call. */
    isAppended = false
    /** Length of what a loop has made longer until it was this; -1 when none did. */
    unpadded = -1

    become(made: Readonly<MadeText>): this {
        this.bytes = made.bytes
        this.length = made.length
        this.functionStart = made.functionStart
        this.pc = made.pc
        this.frame = made.frame
        this.call = made.call
        this.isConversion = made.plus === "conversion"
        this.isSum = made.plus !== undefined && !this.isConversion
        this.isAppended = false
        this.unpadded = -1
        return this
    }
}

/**
 * Follows the texts that a program puts together with `+`, from one to the next. It hears of every text
 * of a run: whatever it keeps of one is kept in the place of what was at its address before.
 */
export class TextLog {
    readonly byFunction = new Map<number, TextFacts>()
    readonly bySite = new Map<number, TextSite>()
    /** By word of the address: the latest text there. */
    private readonly texts: (Text | undefined)[] = []

    /**
     * @param isOneStatement whether two pcs belong to the same statement
     * @param bytesOf bytes of the block for a text of so many
     */
    constructor(
        private readonly isOneStatement: (pc: number, other: number) => boolean,
        private readonly bytesOf: (length: number) => number,
    ) {}

    /**
     * @param made is not kept
     * @param hash of what the text is, asked of as many as it takes
     */
    add(made: Readonly<MadeText>, hash: () => number): void {
        const { plus } = made
        const site = this.count(made, hash)
        const text = this.keep(made)
        if (plus === undefined || plus === "conversion") return
        site.sums++
        const left = this.textAt(plus.left)
        const right = plus.right === plus.left ? undefined : this.textAt(plus.right)
        const only = left && right ? undefined : (left ?? right)
        if (only?.isSum && only.pc === text.pc && isOneCall(only, text)) {
            site.pads = true
            this.pad(only, text)
            return
        }
        if (left) this.use(left, text, true)
        if (right) this.use(right, text, false)
    }

    private textAt(address: number): Text | undefined {
        return address === 0 ? undefined : this.texts[address >>> 2]
    }

    private keep(made: Readonly<MadeText>): Text {
        const word = made.address >>> 2
        // Without holes the array stays a fast one.
        while (this.texts.length <= word) this.texts.push(undefined)
        return (this.texts[word] ??= new Text()).become(made)
    }

    /** The same sum of the same call, and the program's own characters come to it: a loop that pads. */
    private pad(part: Text, text: Text): void {
        const facts = this.factsOf(text.functionStart)
        const isFirst = part.unpadded < 0
        // What came before the first one of two such sums is told by what came between them.
        const unpadded = isFirst ? Math.max(0, 2 * part.length - text.length) : part.unpadded
        facts.pads += isFirst ? 1 : 0
        facts.padBytes += part.bytes
        facts.paddingBytes += this.bytesOf(text.length - unpadded)
        facts.paddingBytes -= isFirst ? 0 : this.bytesOf(part.length - unpadded)
        text.unpadded = unpadded
    }

    private use(part: Text, text: Text, isLeft: boolean): void {
        const facts = this.factsOf(part.functionStart)
        if (this.isStep(part, text)) {
            facts.steps++
            facts.stepBytes += part.bytes
            if (!isLeft || !part.isAppended) return
            text.isAppended = true
            facts.endBytes += text.bytes - part.bytes
        } else if (part.unpadded >= 0) facts.paddedBytes += part.bytes
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
        if (part.isConversion && part.pc === text.pc) return true
        return part.isSum && part.pc < text.pc && this.isOneStatement(part.pc, text.pc)
    }

    private count({ functionStart, pc, bytes }: Readonly<MadeText>, hash: () => number): TextSite {
        let site = this.bySite.get(pc)
        if (!site) {
            const none = { texts: 0, bytes: 0, sums: 0, pads: false }
            this.bySite.set(pc, (site = { functionStart, ...none, different: new Set() }))
        }
        site.texts++
        site.bytes += bytes
        if (site.different && site.texts <= MAX_LOOKED_AT) {
            site.different.add(hash())
            if (site.different.size > MAX_DIFFERENT) site.different = undefined
        }
        return site
    }

    private factsOf(functionStart: number): TextFacts {
        let facts = this.byFunction.get(functionStart)
        if (!facts) {
            facts = {
                ...{ steps: 0, stepBytes: 0 },
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
