import { APPEND_BYTES, BUILD_BYTES, structureBytes } from "../structures"
import { placeOf, type AdviceContext, type Rule } from "../rule"
import type { TextFacts, TextSite } from "../text-log"

/** Texts on the way to others take less than this: leave them. */
const LEAST_BYTES = 1024
/** Pieces appended to a text, on average, from which on a builder is in its place. */
const LEAST_APPENDS = 3
/** A function called this often that makes nothing but steps, several a call, pads. */
const LEAST_PADDED = 8

/** Texts put together with plus: every step is a new one. */
export const adviseBuilding: Rule = context => {
    const all = [...context.texts.byFunction].map(([start, facts]): [number, TextFacts] => [
        start,
        withoutExpressions(facts),
    ])
    const sum = (of: (facts: TextFacts) => number) => all.reduce((n, [, facts]) => n + of(facts), 0)
    const steps = sum(facts => facts.steps + facts.appends)
    const pieces = sum(facts => facts.appends + facts.ends)
    const ends = sum(facts => facts.ends)
    const endBytes = sum(facts => facts.endBytes)
    const padding = all.map(([start, facts]) => paddingOf(context, start, facts))
    const padded = padding.reduce((n, { calls }) => n + calls, 0)

    const before =
        sum(facts => facts.stepBytes + facts.appendedBytes + facts.endBytes) +
        padding.reduce((n, { otherBytes }) => n + otherBytes, 0)
    const slices = padding.reduce((n, { sliceBytes }) => n + sliceBytes, 0)
    // The finished text is in the builder's buffer, in a copy of its own length and in the text.
    const built =
        ends === 0
            ? 0
            : pieces * APPEND_BYTES +
              ends * BUILD_BYTES +
              2 * endBytes +
              structureBytes("StringBuilder").churn
    const after = Math.round(slices + built)
    if (before - after < LEAST_BYTES) return []
    const [heaviest] = all.toSorted(([, a], [, b]) => wasteOf(b) - wasteOf(a))[0]!
    const [[pc]] = [...context.texts.bySite]
        .filter(([, { functionStart }]) => functionStart === heaviest)
        .sort(([, a], [, b]) => b.bytes - a.bytes) as [[number, TextSite]]
    return [
        {
            lesson: "string-building",
            what: `${steps} texts were only steps on the way to others: ${before} B${padded > 0 ? " with the calls that pad them" : ""}`,
            instead: `write each line as one template${padded > 0 ? ", padded by a slice of a literal" : ""}${ends > 0 ? ", and append it to a StringBuilder" : ""}`,
            ...placeOf(context, pc + 1),
            count: steps,
            churn: { before, after },
            formula: [
                ...(padded > 0 ? [`${padded} slices of ${Math.round(slices / padded)} B`] : []),
                ...(ends > 0
                    ? [
                          `${pieces} pieces x ${APPEND_BYTES} B of calls`,
                          `${ends} texts x ${BUILD_BYTES} B and their bytes twice`,
                      ]
                    : []),
                "no step: 0 B",
            ].join(" + "),
        },
    ]
}

/** A text of two or three pieces is an expression, whose parts are steps: it needs no builder. */
function withoutExpressions(facts: TextFacts): TextFacts {
    if (facts.appends >= LEAST_APPENDS * facts.ends) return facts
    return {
        ...facts,
        ...{ appends: 0, appendedBytes: 0, ends: 0, endBytes: 0 },
        steps: facts.steps + facts.appends,
        stepBytes: facts.stepBytes + facts.appendedBytes,
    }
}

function wasteOf({ stepBytes, appendedBytes }: TextFacts): number {
    return stepBytes + appendedBytes
}

/** A function that only lengthens texts, in a loop: a slice of a literal does it, without a call. */
function paddingOf(context: AdviceContext, start: number, facts: TextFacts) {
    const { calls = 0, bytes: frameBytes = 0 } = context.frames.get(start) ?? {}
    const isPadding =
        calls >= LEAST_PADDED &&
        facts.texts - facts.steps <= calls &&
        facts.appends === 0 &&
        isLoop(context, start, calls)
    return isPadding
        ? {
              calls,
              // The text it returns was counted as a step where another was made of it at once.
              otherBytes: frameBytes + facts.bytes - facts.stepBytes,
              sliceBytes: (calls * facts.bytes) / facts.texts,
          }
        : { calls: 0, otherBytes: 0, sliceBytes: 0 }
}

/** Adding a number to a text makes two texts in one place: only more than that are a loop. */
function isLoop({ texts }: AdviceContext, start: number, calls: number): boolean {
    return [...texts.bySite.values()].some(
        site => site.functionStart === start && site.texts > 2 * calls,
    )
}
