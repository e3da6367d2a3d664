import { framePlace, type Frame } from "../../analysis/profile/profile-frames"
import { formatPercent } from "../../base/format-units"
import { FLAMES, type Color } from "../palette"
import { share } from "../terminal/charts/gauge"
import { drawFlames, type FlameBox } from "./flame-boxes"

/** What a flame graph says beside its frames. */
export interface FlameGraphWords {
    title: string
    subtitle: string
    /** How a value reads: `12.3 kB`, `1,234 allocations`. */
    format: (value: number) => string
}

/** By kind of frame: its colours, and what the legend calls it. */
const LOOKS: Record<Frame["kind"], { colors: readonly Color[]; words: string }> = {
    program: {
        colors: FLAMES.program,
        words: "your functions",
    },
    library: {
        colors: FLAMES.library,
        words: "libraries",
    },
    runtime: { colors: FLAMES.runtime, words: "the runtime itself" },
    block: {
        colors: FLAMES.block,
        words: "what was allocated",
    },
}

/**
 * A flame graph as a self-contained SVG. Callers stand below whom they called, widths are shares of the
 * whole, the top of each stack is what was allocated.
 */
export function renderFlameGraph(root: Frame, words: FlameGraphWords): string {
    const legend = Object.values(LOOKS).map(look => ({
        ...{ fill: look.colors[0]!.dark, words: look.words },
    }))
    const all = { ...root, name: `all: ${words.format(root.value)}`, kind: "runtime" as const }
    return drawFlames(boxOf(all, root, words), { ...words, legend })
}

function boxOf(frame: Frame, root: Frame, words: FlameGraphWords): FlameBox {
    const { value, children } = frame
    return {
        label: labelOf(frame),
        hover: [
            placedName(frame),
            `${words.format(value)}, ${formatPercent(share(value, root.value))}`,
        ],
        ...{ value, fill: colorOf(frame) },
        children: children.map(child => boxOf(child, root, words)),
    }
}

/** A frame's name as it stands in its box. */
export function labelOf({ kind, name, line }: Pick<Frame, "kind" | "name" | "line">): string {
    return kind === "block" && line ? `${name} :${line}` : name
}

/** A frame's name, and where it is. */
export function placedName(frame: Pick<Frame, "name" | "file" | "line">): string {
    const place = framePlace(frame)
    return place === "" ? frame.name : `${frame.name}  ${place}`
}

/** The same name has the same colour in every picture. */
function colorOf({ kind, name }: Pick<Frame, "kind" | "name">): string {
    const { colors } = LOOKS[kind]
    let hash = 0x811c9dc5
    for (const character of name)
        hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0
    return colors[hash % colors.length]!.dark
}
