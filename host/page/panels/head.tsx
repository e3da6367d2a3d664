import { formatDuration } from "../../base/format-units"
import type { PageState } from "../page-state"

const PHASES = {
    connecting: "connecting to the command",
    open: "",
    lost: "the command has ended, or cannot be reached: it is tried again each second",
    refused: "this is not the address that the command has printed: open that one",
} as const

/** What is watched, when, and what may be done. */
export function Head({ state }: { state: PageState }) {
    const history = state.history.value
    void state.frame.value
    const { momentMs, phase, isOver, notice, theme } = state
    const link = history?.model.link
    const isWell = phase.value === "open" && (!link || link.phase === "open")
    const shownMs = momentMs.value ?? history?.nowMs ?? 0
    return (
        <header>
            <div class="what">
                <h1>
                    <span class={`lamp ${isWell ? "good" : "bad"}`} aria-hidden="true" />
                    {history?.hello.about.program.entry ?? "Heapscope"}
                </h1>
                {history && (
                    <p>
                        {history.hello.about.board.id} ({history.hello.about.board.chip}),{" "}
                        {history.hello.how}
                    </p>
                )}
                <p class="moment" aria-live="off">
                    <strong>{formatDuration(Math.floor(shownMs / 100) * 100)}</strong>
                    {momentMs.value === undefined ? (isOver.value ? " the end" : " now") : " then"}
                </p>
            </div>
            <div class="keys" role="toolbar" aria-label="What may be done">
                <button
                    onClick={() => state.hold(momentMs.value === undefined)}
                    aria-keyshortcuts="p"
                    disabled={!history}
                >
                    {momentMs.value === undefined ? "Hold (p)" : "Now (p)"}
                </button>
                <button
                    onClick={() => state.step(-1)}
                    aria-keyshortcuts="ArrowLeft"
                    disabled={!history}
                >
                    ← Back
                </button>
                <button
                    onClick={() => state.step(1)}
                    aria-keyshortcuts="ArrowRight"
                    disabled={momentMs.value === undefined}
                >
                    On →
                </button>
                {state.can("capture") && (
                    <button onClick={() => state.ask({ kind: "capture" })} aria-keyshortcuts="s">
                        Exact (s)
                    </button>
                )}
                {state.can("mark") && (
                    <button onClick={() => state.ask({ kind: "mark" })} aria-keyshortcuts="m">
                        Mark (m)
                    </button>
                )}
                <button onClick={() => state.toggleTheme()} aria-keyshortcuts="t">
                    {theme.value === "dark" ? "Light (t)" : "Dark (t)"}
                </button>
            </div>
            <p class="told" role="status">
                {PHASES[phase.value] ||
                    (link && link.phase !== "open" && `${link.phase}: ${link.message}`) ||
                    notice.value}
            </p>
        </header>
    )
}
