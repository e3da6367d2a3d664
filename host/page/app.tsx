import { KeepDialog } from "./keep/keep-dialog"
import type { PageState } from "./page-state"
import { AdvicePanel } from "./panels/advice"
import { Allocations } from "./panels/allocations/allocations"
import { BuildProblems } from "./panels/log/build-problems"
import { Displays } from "./panels/displays"
import { Figures } from "./panels/figures"
import { Flash } from "./panels/flash/flash"
import { Hands } from "./panels/hands"
import { Head } from "./panels/head"
import { HeapChart } from "./panels/heap-chart"
import { HeapMapView } from "./panels/heap-map-view"
import { KeyList } from "./panels/key-list"
import { Kinds } from "./panels/kinds"
import { Layout } from "./panels/layout/layout"
import { Lessons } from "./panels/learn/lessons"
import { Sandbox } from "./panels/learn/sandbox"
import { Log } from "./panels/log/log"
import { Objects } from "./panels/objects/objects"
import { Structures } from "./panels/structures"
import { Tabs } from "./panels/tabs"
import { Transport } from "./travel/transport"
import { Verdict } from "./panels/verdict"
import type { ViewName } from "./views"

const WAITING = {
    connecting: ["Connecting", "Waiting for the command that serves this page."],
    open: ["Connected", "The board has told nothing yet. The page fills with its first sample."],
    lost: [
        "The command has ended",
        "Start it again, and open the address that it prints: each run has one of its own.",
    ],
    refused: [
        "Not this address",
        "This is not the address that the command has printed, or the command has ended. Open the one that it prints, with all that is behind the #.",
    ],
} as const

/** The same where the board is in the tab itself. */
const STARTING = ["Starting the board", "The page fills with its first sample."] as const
const STOPPED = ["The board was stopped", "Run it again."] as const

/** The whole page. */
export function App({ state }: { state: PageState }) {
    if (!state.history.value) {
        const { phase, around } = state
        const inTab = phase.value === "lost" ? STOPPED : STARTING
        const [title, text] = around.hasNoCommands ? inTab : WAITING[phase.value]
        return (
            <main class={`empty ${state.phase.value}`}>
                <p class="brand">Heapscope</p>
                <h1>{title}</h1>
                <p role="status">{text}</p>
            </main>
        )
    }
    return (
        <>
            <Head state={state} />
            <main class="desk">
                <div class="over">
                    <Verdict state={state} />
                    <Figures state={state} />
                </div>
                <div class="stage">
                    <BuildProblems state={state} />
                    <HeapChart state={state} />
                    <Transport state={state} />
                    <Tabs state={state} />
                    <View state={state} name={state.view.value} />
                </div>
                <aside aria-label="What the board says and has">
                    <Structures state={state} />
                    <Hands state={state} />
                    <Displays state={state} />
                    <Log state={state} />
                </aside>
            </main>
            <KeyList state={state} />
            <KeepDialog state={state} />
        </>
    )
}

function View({ state, name }: { state: PageState; name: ViewName }) {
    return (
        <div class="view" role="tabpanel" id="view" aria-labelledby={`tab-${name}`}>
            {name === "heap" && (
                <>
                    <HeapMapView state={state} />
                    <Kinds state={state} />
                </>
            )}
            {name === "objects" && <Objects state={state} />}
            {name === "allocations" && <Allocations state={state} />}
            {name === "flash" && <Flash state={state} />}
            {name === "layout" && <Layout state={state} />}
            {name === "advice" && <AdvicePanel state={state} />}
            {name === "learn" && (
                <>
                    <Lessons state={state} />
                    <Sandbox />
                </>
            )}
        </div>
    )
}
