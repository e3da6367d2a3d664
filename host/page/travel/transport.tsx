import { useSignal } from "@preact/signals"
import { formatBytesExact, formatCount, formatDuration } from "../../base/format-units"
import type { StackFrame } from "../../model/figures"
import type { Visit } from "../../model/visit"
import { BLOCK_LOOKS, isFilledType } from "../../sinks/block-looks"
import { KEYS, keyName, type KeyAct } from "../page-keys"
import type { PageState } from "../page-state"
import { MOMENT_HELP, readMoment } from "./read-moment"

/** Places of the scrubber. */
const PLACES = 2000
/** Calls that are named. */
const MAX_CALLS = 4

/** Goes to any moment of a simulated run, which goes on meanwhile. */
export function Transport({ state }: { state: PageState }) {
    const text = useSignal("")
    const isWrong = useSignal(false)
    void state.frame.value
    const { travel, momentMs, history } = state
    if (!history.value || !state.can("visit")) return null
    const visit = travel.visit.value
    const { nowMs } = history.value
    const fromMs = Math.max(0, visit?.fromMs ?? 0)
    const shownMs = momentMs.value ?? nowMs
    const place = nowMs > fromMs ? ((shownMs - fromMs) / (nowMs - fromMs)) * PLACES : PLACES
    const go = (event: Event) => {
        event.preventDefault()
        const moment = readMoment(text.value)
        isWrong.value = !moment
        if (moment) travel.go({ to: moment })
    }
    return (
        <section class="transport" aria-label="Time travel">
            <div class="row" role="toolbar" aria-label="Go to another moment">
                <Step state={state} act="collectionBack">
                    ‹‹ collection
                </Step>
                <Step state={state} act="allocationBack">
                    ‹ allocation
                </Step>
                <Step state={state} act="allocationOn">
                    allocation ›
                </Step>
                <Step state={state} act="collectionOn">
                    collection ››
                </Step>
                <form onSubmit={go}>
                    <input
                        type="text"
                        value={text.value}
                        placeholder="12.5s, #1234, gc 5"
                        aria-label={`Go to: ${MOMENT_HELP}`}
                        aria-invalid={isWrong.value}
                        onInput={({ currentTarget }) => (text.value = currentTarget.value)}
                    />
                    <button type="submit">Go</button>
                </form>
                <button
                    type="button"
                    disabled={momentMs.value === undefined}
                    onClick={() => state.lookAt(undefined)}
                >
                    Live
                </button>
            </div>
            <input
                class="scrubber"
                type="range"
                min={0}
                max={PLACES}
                value={Math.round(place)}
                aria-label="The moment that is looked at"
                aria-valuetext={formatDuration(Math.round(shownMs))}
                onInput={({ currentTarget: { value } }) =>
                    state.lookAt(fromMs + ((nowMs - fromMs) * Number(value)) / PLACES)
                }
            />
            <p class="where" role="status">
                {isWrong.value ? (
                    <span class="bad">That is no moment: {MOMENT_HELP}.</span>
                ) : visit ? (
                    <Where visit={visit} state={state} />
                ) : momentMs.value !== undefined ? (
                    travel.isGoing.value ? (
                        "Going there."
                    ) : (
                        "The run goes on meanwhile."
                    )
                ) : (
                    "Any moment of this run can be looked at while it goes on: step, drag, or click in the chart or the log."
                )}
            </p>
        </section>
    )
}

/** What the moment is, and what the program was doing. */
function Where({ visit, state }: { visit: Visit; state: PageState }) {
    const { moment, atMs, gc, stack } = visit
    const block = state.travel.blocks.value.find(({ address }) => address === visit.block)
    const what = block && (isFilledType(block.type) ? BLOCK_LOOKS[block.type].words : "block")
    return (
        <>
            <strong>{formatMoment(atMs)}</strong>, allocation {formatCount(gc.allocations)},
            collection {formatCount(gc.collections)}
            {block && moment.kind === "allocation" && (
                <>
                    : made a block of {formatBytesExact(block.bytes)} ({what})
                </>
            )}
            {block && moment.kind === "free" && (
                <>
                    : the VM is about to give back a block of {formatBytesExact(block.bytes)} (
                    {what})
                </>
            )}
            {moment.kind === "collection" && ": right after it"}
            {stack.length > 0 && (
                <>
                    {" "}
                    in{" "}
                    {stack.slice(0, MAX_CALLS).map((frame, index) => (
                        <>
                            {index > 0 && " ‹ "}
                            <code title={`${frame.file}:${frame.line}`}>{callOf(frame)}</code>
                        </>
                    ))}
                </>
            )}
            . The run goes on meanwhile.
        </>
    )
}

function callOf({ function: name, file, line }: StackFrame): string {
    return `${name || "main"} ${file.slice(file.lastIndexOf("/") + 1)}:${line}`
}

/** To the microsecond: there are many moments in a millisecond. */
function formatMoment(atMs: number): string {
    return `${(atMs / 1000).toFixed(6)} s`
}

function Step({ state, act, children }: { state: PageState; act: KeyAct; children: string }) {
    const { keys, words } = KEYS[act]
    return (
        <button
            type="button"
            title={`${words} (${keyName(keys[0])})`}
            aria-label={words}
            aria-keyshortcuts={keys[0]}
            onClick={() => KEYS[act].act(state)}
        >
            {children}
        </button>
    )
}
