import { Component } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { formatDuration } from "../../../base/format-units"
import type { LogLine } from "../../../model/figures"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"

/** Lines on the page: more are read in a file. */
const MAX_LINES = 200
/** Nearer to its end than this, the log follows. */
const NEAR_PX = 40

/** The log, in step with the chart: up to the moment that is looked at. A line leads to its moment. */
export function Log({ state }: { state: PageState }) {
    const place = useRef<HTMLDivElement>(null)
    const follows = useRef(true)
    void state.frame.value
    const lines = state.history.value?.log.upTo(state.momentMs.value ?? Infinity) ?? []
    const dropped = state.history.value?.log.dropped ?? 0
    const first = Math.max(0, lines.length - MAX_LINES)
    useEffect(() => {
        if (place.current && follows.current) place.current.scrollTop = place.current.scrollHeight
    })
    return (
        <Panel title="Log" class="log">
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
                {lines.slice(first).map((line, index) => (
                    <Line key={dropped + first + index} line={line} state={state} />
                ))}
            </div>
        </Panel>
    )
}

/** A line never changes: what is drawn once is left as it is. */
class Line extends Component<{ line: LogLine; state: PageState }> {
    override shouldComponentUpdate(): boolean {
        return false
    }

    override render() {
        const { line, state } = this.props
        return (
            <p class={`level-${line.level}`}>
                <button class="link" onClick={() => state.lookAtLine(line)}>
                    {formatDuration(line.atMs)}
                </button>{" "}
                {line.text}
            </p>
        )
    }
}
