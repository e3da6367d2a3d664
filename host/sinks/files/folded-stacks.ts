import { sanitize } from "../../base/sanitize"
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

/** The format has no place for the file: what was allocated carries it in its name. */
function nameOf(frame: Frame): string {
    const place = frame.kind === "block" ? framePlace(frame) : ""
    return sanitize(place === "" ? frame.name : `${frame.name} ${place}`).replaceAll(";", ",")
}
