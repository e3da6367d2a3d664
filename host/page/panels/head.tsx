import type { ComponentChildren } from "preact"
import { formatDuration } from "../../base/format-units"
import { keyName, KEYS, type KeyAct } from "../page-keys"
import type { PageState } from "../page-state"
import { Icon, type IconName } from "./icon"

const PHASES = {
    connecting: "connecting to the command",
    open: "",
    lost: "the command has ended, or cannot be reached: it is tried again each second",
    refused: "this is not the address that the command has printed: open that one",
} as const

const STOPPED = "the board was stopped: run it again"

/** What is watched, when, and what may be done. */
export function Head({ state, children }: { state: PageState; children?: ComponentChildren }) {
    const history = state.history.value
    void state.frame.value
    const { momentMs, phase, isOver, notice, theme } = state
    const link = history?.model.link
    const isWell = phase.value === "open" && (!link || link.phase === "open")
    const shownMs = momentMs.value ?? history?.nowMs ?? 0
    const isNow = momentMs.value === undefined
    const hasDied = history?.model.panic !== undefined
    const now = isOver.value ? "the end" : hasDied ? "it died" : "now"
    const lamp = !isWell ? "bad" : isOver.value ? "over" : hasDied ? "bad" : "good"
    const entry = history?.hello.about.program.entry ?? "Heapscope"
    const cut = entry.lastIndexOf("/") + 1
    const told =
        (phase.value === "lost" && state.around.hasNoCommands ? STOPPED : PHASES[phase.value]) ||
        (link && link.phase !== "open" && `${link.phase}: ${link.message}`) ||
        notice.value
    return (
        <header class="bar">
            <div class="what">
                <h1>
                    <span class="pale">{entry.slice(0, cut)}</span>
                    {entry.slice(cut)}
                </h1>
                {history && (
                    <p class="note">
                        {history.hello.about.board.id} · {history.hello.about.board.chip} ·{" "}
                        {history.hello.how}
                    </p>
                )}
            </div>
            <p class={`moment ${isNow ? "" : "then"}`} aria-live="off">
                <span class={`lamp ${lamp}`} aria-hidden="true" />
                <strong>{formatDuration(Math.floor(shownMs / 100) * 100)}</strong>
                <span>{isNow ? now : "then"}</span>
            </p>
            <div class="tools" role="toolbar" aria-label="What may be done">
                <Tool state={state} act="hold" icon={isNow ? "pause" : "play"}>
                    {isNow ? "Hold" : "Now"}
                </Tool>
                <Tool state={state} act="back" icon="back" isSmall>
                    Back
                </Tool>
                <Tool state={state} act="on" icon="on" isSmall isOff={isNow}>
                    On
                </Tool>
                {children}
                {state.can("snapshot") && (
                    <Tool state={state} act="snapshot" icon="snapshot" isSmall>
                        Snapshot
                    </Tool>
                )}
                {state.can("capture") && (
                    <Tool state={state} act="exact" icon="exact" isSmall>
                        Exact
                    </Tool>
                )}
                {state.can("mark") && (
                    <Tool state={state} act="mark" icon="mark" isSmall>
                        Mark
                    </Tool>
                )}
                <span class="gap" />
                <Tool state={state} act="keep" icon="keep" isSmall>
                    Keep
                </Tool>
                <Tool state={state} act="keys" icon="keys" isSmall>
                    Keys
                </Tool>
                <Tool
                    state={state}
                    act="theme"
                    icon={theme.value === "dark" ? "sun" : "moon"}
                    isSmall
                >
                    {theme.value === "dark" ? "Light" : "Dark"}
                </Tool>
            </div>
            <p class={`told ${isWell ? "" : "bad"}`} role="status">
                {told}
            </p>
        </header>
    )
}

interface ToolProps {
    state: PageState
    act: KeyAct
    icon: IconName
    /** Its name stands in its tip alone. */
    isSmall?: boolean
    isOff?: boolean
    children: string
}

/** A button that does what a key does. */
export function Tool({ state, act, icon, isSmall = false, isOff = false, children }: ToolProps) {
    const key = KEYS[act].keys[0]
    return (
        <button
            class="tool"
            type="button"
            title={`${children} (${keyName(key)})`}
            aria-label={children}
            aria-keyshortcuts={key}
            disabled={isOff || !state.history.value}
            onClick={() => KEYS[act].act(state)}
        >
            <Icon name={icon} />
            {!isSmall && <span>{children}</span>}
        </button>
    )
}
