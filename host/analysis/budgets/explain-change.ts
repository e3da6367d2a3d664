import type { ChangedPart, Part } from "../../documents/check/report"

/** Rounding of figures over time: less than this is no difference. */
const NOTHING = 1e-6

/** What makes two parts the same one, the surest first: a line moves and a local is renamed without a change. */
const SAME: readonly ((part: Part) => unknown[])[] = [
    ({ function: name, file, text, what, isGrown, heldBy }) => [
        ...[name, file, text, what, isGrown, heldBy],
    ],
    ({ function: name, file, text, what, isGrown }) => [name, file, text, what, isGrown],
    ({ function: name, file, what, isGrown, value, count }) => [
        ...[name, file, what, isGrown, value, count],
    ],
    // What has become another in its place is another now: it is told by where it is.
    ({ function: name, file, what, isGrown, heldBy }) => [name, file, what, isGrown, heldBy],
    ({ function: name, file, what, isGrown }) => [name, file, what, isGrown],
    ({ text, what, isGrown, value, count }) => [text, what, isGrown, value, count],
    ({ what, isGrown, value, count }) => [what, isGrown, value, count],
]

/**
 * What of a figure's parts is another than before, the most first. Whatever is taken for the same, each part
 * is counted once: the differences add up to that of the sums.
 */
export function explainChange(before: readonly Part[], after: readonly Part[]): ChangedPart[] {
    const changed: ChangedPart[] = []
    let left = { before: [...before], after: [...after] }
    for (const keyOf of SAME) {
        const rest: typeof left = { before: [], after: [] }
        const old = groupBy(left.before, keyOf)
        for (const [key, parts] of groupBy(left.after, keyOf)) {
            const others = old.get(key)
            old.delete(key)
            if (!others) rest.after.push(...parts)
            else changed.push(...pair(others, parts))
        }
        for (const parts of old.values()) rest.before.push(...parts)
        left = rest
    }
    for (const part of left.before) changed.push(changedPart([part], []))
    for (const part of left.after) changed.push(changedPart([], [part]))
    return changed
        .filter(part => Math.abs(differenceOf(part)) > NOTHING)
        .sort((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)))
}

/** By how much a part is more than before. */
export function differenceOf({ value: [before, after] }: ChangedPart): number {
    return after - before
}

/** What parts that are all of one place are in all. */
export function sumOf(parts: readonly Pick<Part, "value">[]): number {
    return parts.reduce((sum, { value }) => sum + value, 0)
}

/** Of several that look the same: those that are as they were, then one after the other. */
function pair(before: readonly Part[], after: readonly Part[]): ChangedPart[] {
    const old = [...before].sort(byLine)
    const others: Part[] = []
    for (const part of [...after].sort(byLine)) {
        const { value, count } = part
        const same = old.findIndex(one => one.value === value && one.count === count)
        if (same >= 0) old.splice(same, 1)
        else others.push(part)
    }
    const length = Math.max(old.length, others.length)
    return Array.from({ length }, (_, i) =>
        changedPart(old.slice(i, i + 1), others.slice(i, i + 1)),
    )
}

function byLine(a: Part, b: Part): number {
    return (a.line ?? 0) - (b.line ?? 0)
}

function changedPart(before: readonly Part[], after: readonly Part[]): ChangedPart {
    const { value: _, count: __, ...place } = (after[0] ?? before[0])!
    const countOf = (parts: readonly Part[]) => parts.reduce((sum, { count }) => sum + count, 0)
    return {
        ...place,
        value: [sumOf(before), sumOf(after)],
        count: [countOf(before), countOf(after)],
    }
}

function groupBy(parts: readonly Part[], keyOf: (part: Part) => unknown[]): Map<string, Part[]> {
    const groups = new Map<string, Part[]>()
    for (const part of parts) {
        const key = JSON.stringify(keyOf(part))
        const group = groups.get(key)
        if (group) group.push(part)
        else groups.set(key, [part])
    }
    return groups
}
