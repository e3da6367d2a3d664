import { nameWithoutLine } from "../../model/program/nameless"
import type { CheckFigure } from "../../documents/check/figures"
import type { Part } from "../../documents/check/report"
import type { Frame } from "./profile-frames"

/** A frame of two profiles: what it was, and what it is. */
export interface ChangedFrame extends Omit<Frame, "value" | "children"> {
    before: number
    after: number
    children: ChangedFrame[]
}

/**
 * Two profiles as one. Frames are the same by their name, kind and file under the same callers: lines move.
 * Each frame's difference is the sum of its children's, as its values are.
 */
export function changedFrames(before: Frame | undefined, after: Frame | undefined): ChangedFrame {
    const { value: _, children: __, ...named } = (after ?? before)!
    const pairs = new Map<string, [Frame?, Frame?]>()
    for (const [i, frame] of [before, after].entries())
        for (const [key, child] of keyed(frame?.children ?? [])) {
            const pair = pairs.get(key) ?? []
            pair[i] = child
            pairs.set(key, pair)
        }
    const children = [...pairs.values()].map(pair => changedFrames(...pair))
    return {
        ...named,
        before: before?.value ?? 0,
        after: after?.value ?? 0,
        children: children.sort((a, b) => widthOf(b) - widthOf(a)),
    }
}

/** The same frames with one file called another. */
export function withFile(frame: Frame, from: string, to: string): Frame {
    return {
        ...frame,
        ...(frame.file === from && { file: to }),
        children: frame.children.map(child => withFile(child, from, to)),
    }
}

/** What a frame takes of a picture that shows both: no less than either. */
export function widthOf({ before, after, children }: ChangedFrame): number {
    const inner = children.reduce((sum, child) => sum + widthOf(child), 0)
    return Math.max(before, after, inner)
}

/** By what makes each the same one; several of a name, as buffers of several lines, by their order in the source. */
function keyed(frames: readonly Frame[]): [string, Frame][] {
    const counts = new Map<string, number>()
    return [...frames]
        .sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
        .map(frame => {
            // Of a function without a name, the line is its name.
            const name = nameWithoutLine(frame.name)
            const key = JSON.stringify([name, frame.kind, frame.file])
            const count = (counts.get(key) ?? 0) + 1
            counts.set(key, count)
            return [`${key} ${count}`, frame]
        })
}

/** The parts of a figure as frames: who holds or calls, then the line, then what it made. */
export function framesOfParts(parts: readonly Part[], figure: CheckFigure): Frame {
    const root: Frame = { name: figure, kind: "runtime", value: 0, children: [] }
    for (const part of parts) {
        const { file, line, text, value, what, isGrown } = part
        const above = part.heldBy ?? part.function ?? "(runtime)"
        const steps: Omit<Frame, "value" | "children">[] = [
            { name: above, kind: file === undefined ? "runtime" : "program" },
            ...(file === undefined
                ? []
                : [{ name: text ?? file, file, ...(line && { line }), kind: "program" as const }]),
            { name: isGrown ? `storage of ${what}` : what, kind: "block" },
        ]
        let frame = root
        frame.value += value
        for (const step of steps) {
            let next = frame.children.find(one => one.name === step.name && one.kind === step.kind)
            if (!next) frame.children.push((next = { ...step, value: 0, children: [] }))
            next.value += value
            frame = next
        }
    }
    return root
}
