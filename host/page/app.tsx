import { Displays } from "./panels/displays"
import { Figures } from "./panels/figures"
import { Hands } from "./panels/hands"
import { Head } from "./panels/head"
import { HeapChart } from "./panels/heap-chart"
import { HeapMapView } from "./panels/heap-map-view"
import { Kinds } from "./panels/kinds"
import { Log } from "./panels/log"
import type { PageState } from "./page-state"
import { Structures } from "./panels/structures"
import { Verdict } from "./panels/verdict"

const WAITING = {
    connecting: "Connecting to the command that serves this page.",
    open: "The board has told nothing yet.",
    lost: "The command that served this page has ended. Start it again, and open the address that it prints.",
    refused:
        "This address is not the one that the command has printed, or the command has ended. Open the address that it prints, with all that is behind the #.",
} as const

/** The whole page. */
export function App({ state }: { state: PageState }) {
    if (!state.history.value)
        return (
            <main class="empty">
                <h1>Heapscope</h1>
                <p class="state" role="status">
                    {WAITING[state.phase.value]}
                </p>
            </main>
        )
    return (
        <>
            <Head state={state} />
            <main>
                <Verdict state={state} />
                <Figures state={state} />
                <HeapChart state={state} />
                <HeapMapView state={state} />
                <div class="columns">
                    <Kinds state={state} />
                    <Structures state={state} />
                    <Displays state={state} />
                    <Hands state={state} />
                </div>
                <Log state={state} />
            </main>
            <footer class="pale">
                ← → a sample back or on, Page Up and Page Down ten seconds, Home the first, End now;
                drag in the chart to look closer, double click to see all again.
            </footer>
        </>
    )
}
