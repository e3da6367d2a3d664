import { useEffect, useRef } from "preact/hooks"
import { formatDuration } from "../../base/format-units"
import type { PageState } from "../page-state"

/** Lines on the page: more are read in a file. */
const MAX_LINES = 300
/** Nearer to its end than this, the log follows. */
const NEAR_PX = 40

/** The log, in step with the chart: up to the moment that is looked at. A line leads to its moment. */
export function Log({ state }: { state: PageState }) {
    const place = useRef<HTMLDivElement>(null)
    const follows = useRef(true)
    void state.frame.value
    const lines = state.history.value?.log.upTo(state.momentMs.value ?? Infinity) ?? []
    useEffect(() => {
        if (place.current && follows.current) place.current.scrollTop = place.current.scrollHeight
    })
    return (
        <section aria-label="Log">
            <h2>Log</h2>
            <div
                class="lines"
                ref={place}
                role="log"
                aria-live="off"
                tabIndex={0}
                onScroll={() => {
                    const { scrollTop, scrollHeight, clientHeight } = place.current!
                    follows.current = scrollHeight - scrollTop - clientHeight < NEAR_PX
                }}
            >
                {lines.length === 0 && <p class="pale">Nothing printed yet.</p>}
                {lines.slice(-MAX_LINES).map(({ atMs, level, text }, index) => (
                    <p key={index} class={`level-${level}`}>
                        <button class="link" onClick={() => state.lookAt(atMs)}>
                            {formatDuration(atMs)}
                        </button>{" "}
                        {text}
                    </p>
                ))}
            </div>
        </section>
    )
}
