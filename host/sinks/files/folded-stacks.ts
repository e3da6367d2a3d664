import { sanitize } from "../../base/sanitize"
import type { ChangedFrame } from "../../analysis/profile/changed-frames"
import { framePlace, type Frame } from "../../analysis/profile/profile-frames"

/**
 * Folded stacks, the input of `flamegraph.pl` and its kin: a line a stack, outermost frame first,
 * frames parted by semicolons, then a space and the value.
 */
export function toFoldedStacks(root: Frame): string {
    const lines: string[] = []
    const walk = (frame: Frame, stack: string): void => {
        for (const child of frame.children) {
            const path = stack + nameOf(child)
            if (child.kind === "block") lines.push(`${path} ${child.value}`)
            else walk(child, `${path};`)
        }
    }
    walk(root, "")
    return lines.map(line => `${line}\n`).join("")
}

/** The same of two profiles, with both values in each line, as `difffolded.pl` writes them. */
export function toFoldedDifference(root: ChangedFrame): string {
    const lines: string[] = []
    const walk = (frame: ChangedFrame, stack: string): void => {
        for (const child of frame.children) {
            const path = stack + nameOf(child)
            if (child.kind === "block") lines.push(`${path} ${child.before} ${child.after}`)
            else walk(child, `${path};`)
        }
    }
    walk(root, "")
    return lines.map(line => `${line}\n`).join("")
}

/** The format has no place for the file: what was allocated carries it in its name. */
function nameOf(frame: Pick<Frame, "name" | "kind" | "file" | "line">): string {
    const place = frame.kind === "block" ? framePlace(frame) : ""
    return sanitize(place === "" ? frame.name : `${frame.name} ${place}`).replaceAll(";", ",")
}
