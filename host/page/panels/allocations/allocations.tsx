import { useSignal } from "@preact/signals"
import { useEffect, useMemo } from "preact/hooks"
import type { Metric } from "../../../documents/cost"
import { formatBytes, formatCountOf, formatDuration } from "../../../base/format-units"
import type { PageState } from "../../page-state"
import { Choice } from "../choice"
import { Panel } from "../panel"
import { Flames } from "./flames"
import { flameTree, matchedValue, type Pivot } from "./flame-tree"
import { SourceCosts } from "./source-costs"

/** Between two askings. Milliseconds. */
const ASK_MS = 1000

const PIVOTS = [
    ["function", "By function"],
    ["line", "By line"],
    ["type", "By type"],
] as const satisfies readonly (readonly [Pivot, string])[]
const METRICS = [
    ["allocated", "Allocated"],
    ["live", "Live"],
    ["count", "Count"],
] as const satisfies readonly (readonly [Metric, string])[]

/** Who allocates, since this was opened: as a flame graph, and beside the lines of the source. */
export function Allocations({ state }: { state: PageState }) {
    const pivot = useSignal<Pivot>("function")
    const metric = useSignal<Metric>("allocated")
    const filter = useSignal("")
    const told = state.allocated.value
    useEffect(() => {
        const ask = () => state.can("allocated") && state.ask({ kind: "allocated" })
        ask()
        const timer = setInterval(ask, ASK_MS)
        return () => clearInterval(timer)
    }, [])
    const tree = useMemo(
        () => told && flameTree(told, pivot.value, metric.value),
        [told, pivot.value, metric.value],
    )
    if (!told || !tree || tree.value === 0)
        return (
            <Panel title="Allocations">
                <p class="nothing">{nothing(state)}</p>
            </Panel>
        )
    const format = (value: number) =>
        metric.value === "count" ? formatCountOf(value, "allocation") : formatBytes(value)
    return (
        <>
            <Panel
                title="Allocations"
                note={
                    <>
                        from {formatDuration(told.sinceMs)} to {formatDuration(told.atMs)},{" "}
                        {format(tree.value)}
                        {filter.value !== "" &&
                            `, of it ${format(matchedValue(tree, filter.value))} found`}
                    </>
                }
                actions={
                    <>
                        <input
                            type="search"
                            placeholder="Filter"
                            aria-label="Filter frames by name or place"
                            value={filter.value}
                            onInput={event => (filter.value = event.currentTarget.value)}
                        />
                        <Choice name="Sized by" ways={METRICS} chosen={metric} />
                        <Choice name="Frames are" ways={PIVOTS} chosen={pivot} />
                    </>
                }
            >
                <Flames root={tree} filter={filter.value} format={format} />
            </Panel>
            <SourceCosts state={state} told={told} by={metric.value} format={format} />
        </>
    )
}

function nothing(state: PageState): string {
    if (state.isRealBoard)
        return "A real board does not tell who allocates, as nothing in its firmware listens to each allocation. The same program on a simulated board does: heapscope watch --sim."
    if (state.history.value?.hello.can.includes("allocated") !== true)
        return "This source does not tell who allocates: a simulated board does."
    if (state.phase.value !== "open") return state.whyNot("allocated", "")
    if (state.isOver.value || state.history.value.model.panic)
        return "Nobody listened while the program ran: open this while it does."
    return "Listening: what the program allocates from now on is charged to its lines."
}
