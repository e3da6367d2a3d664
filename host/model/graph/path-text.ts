import type { GraphEdge, GraphNode } from "./graph"
import type { PathStep } from "./retention"

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

/**
 * A path as a programmer would write it: `kitchen.waiting[3]`; an arrow leads to a variable of a call
 * that a closure or a fiber keeps: `callbacks[3] → payload`, `fiber main → order`. Names are the
 * program's, not made safe to print.
 */
export function pathText(path: readonly PathStep[]): string {
    return spoken(path).map(stepText).join("")
}

/** A longer pattern is cut off: whoever holds something over a hundred different ways has no name for it. */
const MAX_PATTERN = 200

/** A pattern as far as a path has been gone. */
export interface PathPattern {
    readonly text: string
    /** The last step that was not silent, which a step like it repeats. */
    readonly last: string
    readonly repeats: boolean
    /** One of the VM's tables has been passed: what it holds is known by its own name. */
    readonly inTable: boolean
}

export const EMPTY_PATTERN: PathPattern = { text: "", last: "", repeats: false, inTable: false }

/** The pattern one step on. */
export function extendPattern(before: PathPattern, step: PathStep): PathPattern {
    const isTable = !before.inTable && step.from.type === "short-map"
    const pattern = isTable ? { ...EMPTY_PATTERN, inTable: true } : before
    const text = generalText(step)
    if (text === "") return pattern
    const { inTable } = pattern
    const repeats = text === pattern.last
    if ((repeats && pattern.repeats) || pattern.text.length >= MAX_PATTERN)
        return pattern.text.endsWith("…") ? pattern : { ...pattern, text: `${pattern.text}…` }
    return { text: pattern.text + (repeats ? "…" : text), last: text, repeats, inTable }
}

/**
 * The same for all elements of a list, all keys made at run time and all members of a chain:
 * `orders[].dishes`, `cache[key]`, `head.next…`. Objects held in the same way share it.
 */
export function pathPattern(path: readonly PathStep[]): string {
    return path.reduce(extendPattern, EMPTY_PATTERN).text
}

/** What the VM's tables hold is known by its own name: `Kitchen.prototype`. */
function spoken(path: readonly PathStep[]): readonly PathStep[] {
    return path.slice(
        Math.max(
            0,
            path.findIndex(({ from }) => from.type === "short-map"),
        ),
    )
}

/**
 * One step of a pattern.
 * @param isDynamic whether it is over a key made at run time, for who knows that already
 */
export function generalText(step: PathStep, isDynamic = isDynamicKey(step)): string {
    if (step.edge.kind === "element") return "[]"
    if (step.edge.kind === "key") return "[keys]"
    return isDynamic ? "[key]" : stepText(step)
}

/** Keys written in the program lie in flash: one on the heap was made at run time. */
function isDynamicKey({ from, edge }: PathStep): boolean {
    return edge.kind === "property" && keysOnHeap(from).has(edge.name)
}

const keysOf = new WeakMap<GraphNode, ReadonlySet<string>>()

function keysOnHeap(node: GraphNode): ReadonlySet<string> {
    let keys = keysOf.get(node)
    if (!keys) {
        keys = new Set(node.edges.filter(({ kind }) => kind === "key").map(({ name }) => name))
        keysOf.set(node, keys)
    }
    return keys
}

function stepText({ from, edge, node }: PathStep): string {
    switch (edge.kind) {
        case "element":
            return `[${edge.name}]`
        case "property":
            return memberText(edge)
        case "key":
            return `[key ${JSON.stringify(edge.name)}]`
        case "variable":
            // A global's one reference is its value.
            if (from.kind === "global") return ""
            return node.kind === "global" ? edge.name : ` → ${edge.name}`
        case "internal":
            return internalText(from, edge)
    }
}

/** Of the properties that were met last: a program has few, and each is met in every object of its kind. */
const members = new Map<string, string>()
const MAX_MEMBERS = 1000

function memberText({ name }: GraphEdge): string {
    let text = members.get(name)
    if (text === undefined) {
        text = IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`
        if (members.size === MAX_MEMBERS) members.clear()
        members.set(name, text)
    }
    return text
}

/** The VM's own references: those that only lead from one part of an object to another are silent. */
function internalText(from: GraphNode, { name }: GraphEdge): string {
    if (from.kind === "root" || name === "closure" || name.startsWith("frame ")) return ""
    return from.kind === "group" || from.type === "short-map" ? name : `.${name}`
}
