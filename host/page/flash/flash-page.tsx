import { BoardChoice } from "./board-choice"
import { FirmwareChoice } from "./firmware-choice"
import type { FlashState } from "./flash-state"
import { WriteStep } from "./write-step"

/** The whole page: three things to choose, and then the board, live. */
export function FlashPage({ state }: { state: FlashState }) {
    const stage = state.stage.value
    if (stage.kind === "watching") {
        const { App, state: page } = stage.watched
        return <App state={page} />
    }
    if (!state.offer.value)
        return (
            <main class={`empty ${state.problem.value ? "lost" : ""}`}>
                <p class="brand">Heapscope</p>
                <h1>{state.problem.value ? "Nothing to flash with" : "Connecting"}</h1>
                <p role="status">
                    {state.problem.value || "Waiting for the command that serves this page."}
                </p>
            </main>
        )
    return (
        <main class="flashing">
            <p class="brand">Heapscope</p>
            <h1>Flash a board</h1>
            <p class="pale">
                Puts the DeviceScript runtime, with the board's configuration, on a new board or
                over an older one, and then shows the board live in this tab.
            </p>
            <BoardChoice state={state} />
            <FirmwareChoice state={state} />
            <WriteStep state={state} />
        </main>
    )
}
