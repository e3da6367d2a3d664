import { nameWithLine } from "../../../model/program/nameless"
import { metricOf, type Metric } from "../../../documents/cost"
import type { Allocated, AllocatedPath, OpenCall } from "../../../model/allocated"
import { BLOCK_LOOKS, isFilledType } from "../../../sinks/block-looks"

/** What the frames of a flame graph are. */
export type Pivot = "function" | "line" | "type"

export interface FlameFrame {
    /** The same from one second to the next. */
    key: string
    name: string
    /** `file:line`, of a call. */
    place?: string
    kind: "program" | "library" | "runtime" | "block"
    /** Of a block's frame. */
    type?: string
    value: number
    children: FlameFrame[]
}

/**
 * Puts paths together as a flame graph: calls by function or by line, the outermost first, what they
 * allocated last; or what was allocated first, then who asked for it, the innermost first.
 */
export function flameTree({ calls, paths }: Allocated, pivot: Pivot, by: Metric): FlameFrame {
    const root: FlameFrame = { key: "", name: "all", kind: "runtime", value: 0, children: [] }
    const known = new Map<string, FlameFrame>()
    for (const path of paths) {
        const value = valueOf(path, by)
        if (value <= 0) continue
        const block = blockFrame(path)
        const opened = path.calls.map(index => callFrame(calls[index]!, pivot))
        const steps = pivot === "type" ? [block, ...opened] : [...opened.reverse(), block]
        let at = root
        at.value += value
        for (const step of steps) {
            const key = `${at.key}\n${step.key}`
            let next = known.get(key)
            if (!next) {
                next = { ...step, key, value: 0, children: [] }
                known.set(key, next)
                at.children.push(next)
            }
            next.value += value
            at = next
        }
    }
    sort(root)
    return root
}

/** Of all that is drawn, what frames whose name or place holds a text have: nothing twice. */
export function matchedValue(frame: FlameFrame, text: string): number {
    if (isMatched(frame, text)) return frame.value
    return frame.children.reduce((sum, child) => sum + matchedValue(child, text), 0)
}

/** Whether a frame is looked for. */
export function isMatched({ name, place = "" }: FlameFrame, text: string): boolean {
    const wanted = text.toLowerCase()
    return name.toLowerCase().includes(wanted) || place.toLowerCase().includes(wanted)
}

/** Bytes, live bytes or allocations of a path. */
export function valueOf(path: AllocatedPath, by: Metric): number {
    return metricOf(path, by)
}

type Step = Omit<FlameFrame, "value" | "children">

function callFrame({ function: name, declared, at, library }: OpenCall, pivot: Pivot): Step {
    const where = pivot === "line" ? (at ?? declared) : (declared ?? at)
    const place = where && `${where.file}:${where.line}`
    const called = nameWithLine(name, declared?.line)
    return {
        key: `${name} ${place ?? ""}`,
        name: pivot === "line" && at ? `${called}:${at.line}` : called,
        ...(place !== undefined && { place }),
        kind: library ? "library" : "program",
    }
}

function blockFrame({ type }: AllocatedPath): Step {
    const words = isFilledType(type) ? BLOCK_LOOKS[type].words : type
    return { key: `[${type}]`, name: words, kind: "block", type }
}

function sort(frame: FlameFrame): void {
    frame.children.sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))
    for (const child of frame.children) sort(child)
}
