import { RangeSet, StateEffect, StateField, type Extension, type Text } from "@codemirror/state"
import { EditorView, gutter, GutterMarker } from "@codemirror/view"
import { formatBytes, formatBytesExact, formatCountOf } from "../../base/format-units"

/** What a line of a program is charged with. */
export interface LineCost {
    file: string
    /** From 1. */
    line: number
    bytes: number
    /** Allocations. */
    count: number
}

/** Puts costs into the margin, in place of those that are there. */
export const setCosts = StateEffect.define<readonly LineCost[]>()

/** `1,204 B in 34 allocations`. */
export function describeCost({ bytes, count }: Pick<LineCost, "bytes" | "count">): string {
    return `${formatBytesExact(bytes)} in ${formatCountOf(count, "allocation")}`
}

class CostMarker extends GutterMarker {
    /** @param share of the heaviest line's bytes, 0 to 1 */
    constructor(
        readonly cost: LineCost,
        private readonly share: number,
    ) {
        super()
    }

    override eq(other: CostMarker): boolean {
        const { bytes, count } = this.cost
        return (
            bytes === other.cost.bytes && count === other.cost.count && this.share === other.share
        )
    }

    override toDOM(): Node {
        const mark = document.createElement("span")
        mark.className = "cm-cost"
        mark.textContent = formatBytes(this.cost.bytes)
        mark.title = describeCost(this.cost)
        mark.style.setProperty("--share", `${this.share * 100}%`)
        return mark
    }
}

/** They stay with their lines while those are edited. */
const costs = StateField.define<RangeSet<CostMarker>>({
    create: () => RangeSet.empty,
    update(set, { changes, effects, newDoc }) {
        const told = effects.findLast(effect => effect.is(setCosts))
        return told ? markersOf(told.value as readonly LineCost[], newDoc) : set.map(changes)
    },
})

function markersOf(told: readonly LineCost[], doc: Text): RangeSet<CostMarker> {
    const seen = told.filter(({ line, bytes }) => bytes > 0 && line >= 1 && line <= doc.lines)
    const most = Math.max(1, ...seen.map(({ bytes }) => bytes))
    return RangeSet.of(
        seen.map(cost => new CostMarker(cost, cost.bytes / most).range(doc.line(cost.line).from)),
        true,
    )
}

/** What the line at an offset is charged with. */
export function costAt(state: EditorView["state"], offset: number): LineCost | undefined {
    const { from, to } = state.doc.lineAt(offset)
    let found: LineCost | undefined
    state.field(costs).between(from, to, (_from, _to, { cost }) => void (found ??= cost))
    return found
}

/** A margin with what each line allocates. It takes no room while nothing is known. */
export const costGutter: Extension = [
    costs,
    gutter({ class: "cm-costs", markers: ({ state }) => state.field(costs) }),
    EditorView.editorAttributes.compute([costs], state => ({
        class: state.field(costs).size > 0 ? "cm-costed" : "",
    })),
]
