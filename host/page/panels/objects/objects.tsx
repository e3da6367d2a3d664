import { useEffect, useMemo } from "preact/hooks"
import { useSignal } from "@preact/signals"
import { formatBytesExact, formatCount, formatDuration } from "../../../base/format-units"
import type { PageState } from "../../page-state"
import { Icon } from "../icon"
import { Panel } from "../panel"
import { Choice } from "../choice"
import { ByClass } from "./by-class"
import { DuplicateList } from "./duplicate-list"
import { HeldTree } from "./held-tree"
import { ObjectFacts } from "./object-facts"
import { ObjectTree } from "./object-tree"
import { Treemap } from "./treemap"

const WAYS = [
    ["tree", "Tree"],
    ["treemap", "Treemap"],
    ["classes", "By class"],
    ["duplicates", "Duplicates"],
] as const

/** The objects of a snapshot: who keeps what, as a tree, as areas, by class, and what is there twice. */
export function Objects({ state }: { state: PageState }) {
    const way = useSignal<(typeof WAYS)[number][0]>("tree")
    const view = state.snapshot.value
    const tree = useMemo(() => view && new HeldTree(view), [view])
    const canAsk = state.can("snapshot")
    useEffect(() => {
        // A real board stands still for it: only for who asks.
        if (!state.snapshot.value && !state.isRealBoard) state.askForSnapshot()
    }, [])
    const take = (
        <button
            type="button"
            aria-keyshortcuts="o"
            disabled={!canAsk || state.isLooking.value}
            onClick={() => state.askForSnapshot()}
        >
            <Icon name="snapshot" />
            {state.isLooking.value ? "Looking" : view ? "Take another (o)" : "Take a snapshot (o)"}
        </button>
    )
    if (!view || !tree)
        return (
            <Panel title="Objects" actions={canAsk && take}>
                <p class="nothing">
                    {state.isLooking.value
                        ? "Reading the heap."
                        : canAsk
                          ? `A snapshot reads every object on the heap and works out what keeps it there. ${state.isRealBoard ? "The program stands still for it, as the debugger reads the board's memory; with --program, objects have names." : "The program does not notice."}`
                          : state.whyNot(
                                "snapshot",
                                "This source cannot be looked into: a simulated board can.",
                            )}
                </p>
            </Panel>
        )
    const { snapshot, objects } = view
    const { atMs } = snapshot.taken
    const node = view.graph.nodes[state.chosenNode.value ?? -1]
    return (
        <Panel
            title="Objects"
            class="objects"
            note={
                <span>
                    at{" "}
                    <button class="link" type="button" onClick={() => state.lookAt(atMs)}>
                        {formatDuration(atMs)}
                    </button>
                    , {formatCount(objects.length)} objects,{" "}
                    {formatBytesExact(snapshot.heap.liveBytes)} live
                </span>
            }
            actions={
                <>
                    <Choice name="Shown as" ways={WAYS} chosen={way} />
                    {canAsk && take}
                </>
            }
        >
            <div class="beside">
                <div>
                    {way.value === "tree" && <ObjectTree tree={tree} view={view} state={state} />}
                    {way.value === "treemap" && <Treemap tree={tree} view={view} state={state} />}
                    {way.value === "classes" && <ByClass view={view} state={state} />}
                    {way.value === "duplicates" && <DuplicateList view={view} state={state} />}
                </div>
                {node ? (
                    <ObjectFacts
                        {...{ node, view }}
                        onChoose={id => (state.chosenNode.value = id)}
                    />
                ) : (
                    <p class="facts nothing">Choose an object to see what keeps it.</p>
                )}
            </div>
        </Panel>
    )
}
