/** Different texts remembered of a place; a place that makes more repeats few of them. */
const MOST_TEXTS = 512
/** Texts of a function that a later one of it is looked for to begin with. */
const MOST_UNUSED = 4

/** What a function did with texts over a run. */
export interface TextFacts {
    /** Texts it made, and their blocks' bytes. */
    texts: number
    bytes: number
    /** Texts only made for the next one to contain them: parts of an expression, steps of padding. */
    steps: number
    stepBytes: number
    /** Texts a longer one was made of, later on: `text = text + part`. */
    appends: number
    appendedBytes: number
    /** Texts that such appending ended in. */
    ends: number
    endBytes: number
}

/** What was made at one place of the program. */
export interface TextSite {
    /** pc of the first instruction of its function. */
    functionStart: number
    texts: number
    bytes: number
    /** How often each different text was made; undefined when they were too many to remember. */
    counts: Map<string, number> | undefined
}

interface Text {
    text: string
    bytes: number
    /** It was counted as a step or as appended to. */
    isUsed: boolean
    /** It was itself made by appending. */
    isAppended: boolean
}

/**
 * Follows every text a program makes and what becomes of it, by its contents: a text that begins or
 * ends the next one was only a step to it; a text that begins a later one of the same function was
 * appended to.
 */
export class TextLog {
    readonly byFunction = new Map<number, TextFacts>()
    readonly bySite = new Map<number, TextSite>()
    private last: Text | undefined
    private lastFacts: TextFacts | undefined
    /** By function: its latest texts that nothing was made of yet, the latest last. */
    private readonly unused = new Map<number, Text[]>()

    /** @param functionStart pc of the first instruction of the function that made it */
    add(text: string, bytes: number, functionStart: number, pc: number): void {
        const facts = this.factsOf(functionStart)
        facts.texts++
        facts.bytes += bytes
        this.count(text, bytes, functionStart, pc)

        const { last } = this
        const made: Text = { text, bytes, isUsed: false, isAppended: false }
        const own = (this.unused.get(functionStart) ?? []).filter(({ isUsed }) => !isUsed)
        const before = own.findLast(earlier => earlier !== last && isBegunBy(text, earlier.text))
        if (before) {
            // The piece appended is what came last: it is needed in any case.
            before.isUsed = true
            made.isAppended = true
            facts.appends++
            facts.appendedBytes += before.bytes
            facts.ends += before.isAppended ? 0 : 1
            facts.endBytes += bytes - (before.isAppended ? before.bytes : 0)
        } else if (last && this.lastFacts && !last.isUsed && contains(text, last.text)) {
            last.isUsed = true
            this.lastFacts.steps++
            this.lastFacts.stepBytes += last.bytes
        }
        this.last = made
        this.lastFacts = facts
        this.unused.set(functionStart, [...own.slice(1 - MOST_UNUSED), made])
    }

    private count(text: string, bytes: number, functionStart: number, pc: number): void {
        let site = this.bySite.get(pc)
        if (!site) {
            site = { functionStart, texts: 0, bytes: 0, counts: new Map() }
            this.bySite.set(pc, site)
        }
        site.texts++
        site.bytes += bytes
        if (!site.counts) return
        site.counts.set(text, (site.counts.get(text) ?? 0) + 1)
        if (site.counts.size > MOST_TEXTS) site.counts = undefined
    }

    private factsOf(functionStart: number): TextFacts {
        let facts = this.byFunction.get(functionStart)
        if (!facts) {
            facts = {
                ...{ texts: 0, bytes: 0, steps: 0, stepBytes: 0 },
                ...{ appends: 0, appendedBytes: 0, ends: 0, endBytes: 0 },
            }
            this.byFunction.set(functionStart, facts)
        }
        return facts
    }
}

function isBegunBy(text: string, part: string): boolean {
    return isLonger(text, part) && text.startsWith(part)
}

function contains(text: string, part: string): boolean {
    return isLonger(text, part) && (text.startsWith(part) || text.endsWith(part))
}

/** Any longer piece of padding begins with a shorter one: blanks tell nothing. */
function isLonger(text: string, part: string): boolean {
    return text.length > part.length && part.trim() !== ""
}
