import type { Advice, Change } from "../../documents/advice"

/** Joins what says the same of the same line into one: counts and savings are added up. */
export function mergeAdvice(all: readonly Advice[]): Advice[] {
    const merged = new Map<string, { first: Advice; all: Advice[] }>()
    for (const one of all) {
        const place = one.at ? `${one.at.file}:${one.at.line}` : ""
        // Figures differ from one to the next: what is to be done is the same.
        const key = [one.lesson, place, one.instead.replace(/[\d,.]+/g, "#")].join("\0")
        const known = merged.get(key)
        if (known) known.all.push(one)
        else merged.set(key, { first: one, all: [one] })
    }
    return [...merged.values()].map(({ first, all }) => (all.length === 1 ? first : join(all)))
}

function join(all: readonly Advice[]): Advice {
    const [first] = all
    const sum = (of: (one: Advice) => Change | undefined): Change | undefined => {
        const changes = all.flatMap(one => of(one) ?? [])
        if (changes.length === 0) return undefined
        const add = (part: keyof Change) => changes.reduce((n, change) => n + change[part], 0)
        return { before: add("before"), after: add("after") }
    }
    const live = sum(one => one.live)
    const churn = sum(one => one.churn)
    const flashBytes = sum(one => one.flashBytes)
    const workMs = sum(one => one.workMs)
    // They need not be made at the same time: the most of one is the most of all.
    const peak = all.map(one => one.peak).sort((a, b) => (b?.before ?? 0) - (a?.before ?? 0))[0]
    return {
        ...first!,
        what: `${first!.what}, and ${all.length - 1} more like it`,
        count: all.reduce((n, { count }) => n + count, 0),
        ...(live && { live }),
        ...(churn && { churn }),
        ...(flashBytes && { flashBytes }),
        ...(peak && { peak }),
        ...(workMs && { workMs }),
    }
}
