import type { ComponentChildren } from "preact"
import { formatBytes, formatBytesExact, formatCount, formatPercent } from "../../base/format-units"
import { ratio } from "../../base/ratio"
import { capacityFor } from "../../model/heap/heap-memory"
import type { BoardHistory } from "../history/board-history"
import type { PageState } from "../page-state"
import { Term } from "./term"

/** The heap's figures at the moment that is looked at. */
export function Figures({ state }: { state: PageState }) {
    void state.frame.value
    const history = state.history.value
    if (!history) return null
    const shown = shownFigures(state, history)
    if (!shown)
        return (
            <section class="figures" aria-label="Figures">
                <p class="pale">No figures of this moment yet.</p>
            </section>
        )
    const capacityBytes = capacityFor(history.hello.about.board.heapBytes)
    const { used, live, largest, error } = shown
    const free = Math.max(0, capacityBytes - used)
    const share = (bytes: number) =>
        `${formatPercent(ratio(bytes, capacityBytes) ?? 0)} of ${formatBytes(capacityBytes)}`
    return (
        <section class="figures" aria-label="Figures">
            <Figure name="live" title="Live" note={share(live)}>
                {formatBytesExact(live)}
            </Figure>
            <Figure
                name="used"
                title="Used"
                note={error > 0 ? `± ${formatBytes(error)}: worked out` : share(used)}
            >
                {formatBytesExact(used)}
            </Figure>
            <Figure
                name="largest free block"
                title="Largest free block"
                note={`of ${formatBytes(free)} free`}
            >
                {formatBytesExact(largest)}
            </Figure>
            <Figure name="high-water mark" title="High-water mark" note="used at most, up to here">
                {formatBytesExact(shown.highWater)}
            </Figure>
            <Figure name="fragmentation" title="Fragmentation" note="0 %: free in one piece">
                {formatPercent(free > 0 ? 1 - Math.min(1, largest / free) : 0)}
            </Figure>
            <Figure
                name="churn"
                title="Allocated"
                note={`${formatCount(shown.collections)} collections`}
            >
                {/* Of an estimate nothing is known of it. */}
                {error > 0 ? "–" : formatBytes(shown.allocated)}
            </Figure>
        </section>
    )
}

/** Of the moment that is visited, exactly; else of the sample before the one that is looked at. */
function shownFigures({ travel, momentMs }: PageState, { samples }: BoardHistory) {
    const visit = travel.visit.value
    if (visit) {
        const { heap, gc } = visit
        return {
            ...{ used: heap.usedBytes, live: heap.liveBytes, largest: heap.largestFreeBytes },
            ...{ highWater: heap.highWaterUsedBytes, error: 0 },
            ...{ collections: gc.collections, allocated: gc.allocatedBytes },
        }
    }
    const at = samples.indexAt(momentMs.value ?? Infinity)
    if (at < 0) return undefined
    return {
        used: samples.usedBytes[at]!,
        live: samples.liveBytes[at]!,
        largest: samples.largestFreeBytes[at]!,
        highWater: samples.highWaterBytes[at]!,
        error: samples.errorBytes[at]!,
        collections: samples.collections[at]!,
        allocated: samples.allocatedBytes[at]!,
    }
}

interface FigureProps {
    /** In the glossary. */
    name: string
    title: string
    note: string
    children: ComponentChildren
}

function Figure({ name, title, note, children }: FigureProps) {
    return (
        <div class="figure">
            <h3>
                <Term name={name}>{title}</Term>
            </h3>
            <p class="value">{children}</p>
            <p class="pale">{note}</p>
        </div>
    )
}
