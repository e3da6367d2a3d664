import { APPEND_BYTES, BUILD_BYTES, structureBytes } from "../structure-costs"
import type { Advice } from "../../../documents/advice"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import type { TextFacts } from "../texts"

/** Texts on the way to others take less than this: leave them. */
const MIN_BYTES = 1024
/** Pieces appended to a text, on average, from which on a builder is in its place. */
const MIN_APPENDS = 3
/** A function that only pads, called this often, is worth doing without. */
const MIN_PADDED = 8

/** One way to make fewer texts: what it is about, and the bytes allocated without and with it. */
interface Part {
    before: number
    after: number
    instead: string
    formula: string
}

/** Texts put together with plus: every step is a new one. */
export const adviseStringBuilding: Rule = context => {
    const all = [...context.texts.byFunction].filter(
        ([start]) => !context.claimed.functions.has(start),
    )
    const facts = all.map(([, one]) => one)
    const written = [stepsOf(facts), paddingOf(context, all)].flatMap(part => part ?? [])
    // A text of two or three pieces needs no builder.
    const grown = facts.filter(({ appends, ends }) => ends > 0 && appends >= MIN_APPENDS * ends)
    const built = [...written, ...buildingOf(grown)]
    const parts = savingOf(built) >= MIN_BYTES ? built : written
    const before = sum(parts, part => part.before)
    const after = Math.round(sum(parts, part => part.after))
    if (savingOf(parts) < MIN_BYTES) return []
    const padding = [...context.texts.bySite.values()].filter(site => site.pads)
    const count =
        sum(facts, ({ steps, appends, pads }) => steps + appends - pads) +
        sum(padding, ({ sums }) => sums)
    return [
        {
            lesson: "string-building",
            what: `${count} texts were only steps on the way to others: ${before} B${parts.length > 1 ? " with what they became" : ""}`,
            instead: parts.map(({ instead }) => instead).join("; "),
            ...placeOf(context, heaviestPc(context, all) + 1),
            count,
            ...(grown.length > 0 && { appended: appendedOf(grown) }),
            ...(parts.some(({ instead }) => instead.includes("StringBuilder")) && {
                brings: "StringBuilder",
            }),
            churn: { before, after },
            formula: parts.map(({ formula }) => formula).join(" + "),
        },
    ]
}

/** A template makes nothing but its text. */
function stepsOf(all: readonly TextFacts[]): Part | undefined {
    const before = sum(all, ({ stepBytes }) => stepBytes)
    if (before === 0) return undefined
    const instead = "write each statement's text as one template"
    return { before, after: 0, instead, formula: "no step: 0 B" }
}

/** A slice of a literal is one text, and takes no function of its own. */
function paddingOf(
    context: AdviceContext,
    all: readonly (readonly [start: number, facts: TextFacts])[],
): Part | undefined {
    const padded = all.filter(([, { pads }]) => pads > 0)
    if (padded.length === 0) return undefined
    const sums = [...context.texts.bySite.values()].filter(site => site.sums > 0)
    const frames = sum(padded, ([start]) => {
        const { calls = 0, bytes = 0 } = context.frames.get(start) ?? {}
        const own = sums.filter(({ functionStart }) => functionStart === start)
        return own.every(site => site.pads) && calls >= MIN_PADDED ? bytes : 0
    })
    const pads = sum(padded, ([, facts]) => facts.pads)
    const after = sum(padded, ([, { paddingBytes }]) => paddingBytes)
    return {
        before: frames + sum(padded, ([, { padBytes, paddedBytes }]) => padBytes + paddedBytes),
        after,
        instead: "pad by a slice of a literal",
        formula: `${pads} slices of ${Math.round(after / pads)} B`,
    }
}

/**
 * The finished text is in the builder's buffer, in a copy of its own length and in the text. For few
 * short pieces the builder's calls can take more than the texts did: it is told.
 */
function buildingOf(grown: readonly TextFacts[]): Part[] {
    if (grown.length === 0) return []
    const { sums, sumBytes, texts: ends, textBytes: endBytes } = appendedOf(grown)
    const pieces = sums + ends
    const before = sumBytes + endBytes
    const made = structureBytes("StringBuilder").churn
    const after = pieces * APPEND_BYTES + ends * BUILD_BYTES + 2 * endBytes + made
    const more =
        after > before
            ? `, ${after - before} B more than plus takes here but without ever longer blocks`
            : ""
    return [
        {
            ...{ before, after },
            instead: "append the pieces to a StringBuilder",
            formula: `${pieces} pieces x ${APPEND_BYTES} B of calls + ${ends} texts x ${BUILD_BYTES} B and their ${endBytes} B twice + ${made} B for the builder${more}`,
        },
    ]
}

function appendedOf(grown: readonly TextFacts[]): NonNullable<Advice["appended"]> {
    return {
        sums: sum(grown, ({ appends }) => appends),
        sumBytes: sum(grown, ({ appendedBytes }) => appendedBytes),
        texts: sum(grown, ({ ends }) => ends),
        textBytes: sum(grown, ({ endBytes }) => endBytes),
    }
}

function savingOf(parts: readonly Part[]): number {
    return sum(parts, ({ before, after }) => before - after)
}

/** Where most is made in the function that makes the most steps. */
function heaviestPc(
    { texts }: AdviceContext,
    all: readonly (readonly [start: number, facts: TextFacts])[],
): number {
    const waste = (facts: TextFacts) => facts.stepBytes + facts.appendedBytes + facts.padBytes
    const [heaviest] = all.toSorted(([, a], [, b]) => waste(b) - waste(a))[0]!
    const sites = [...texts.bySite].filter(([, { functionStart }]) => functionStart === heaviest)
    return sites.sort(([, a], [, b]) => b.bytes - a.bytes)[0]?.[0] ?? 0
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
    return items.reduce((total, item) => total + of(item), 0)
}
