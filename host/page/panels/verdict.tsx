import { NAMELESS } from "../../model/program/nameless"
import type { PageState } from "../page-state"
import { Icon } from "./icon"

/** What more is known is in the report. */
const MAX_EVIDENCE = 4

/** What the run comes to so far: always of now, whatever moment is looked at. */
export function Verdict({ state }: { state: PageState }) {
    void state.frame.value
    const judgement = state.history.value?.judgement(performance.now())
    if (!judgement)
        return (
            <section class="verdict" aria-label="Verdict">
                <p class="pale">Nothing is told of the first seconds.</p>
            </section>
        )
    const { severity, headline, evidence, at, next } = judgement
    return (
        <section class={`verdict ${severity}`} aria-label="Verdict">
            <div class="said">
                <h2>
                    <Icon name={severity} />
                    {headline}
                </h2>
                <ul>
                    {evidence.slice(0, MAX_EVIDENCE).map(text => (
                        <li key={text}>{text}</li>
                    ))}
                    {at && (
                        <li>
                            {at.function === NAMELESS ? (
                                "at "
                            ) : (
                                <>
                                    in <b>{at.function}</b>,{" "}
                                </>
                            )}
                            <Place state={state} {...at} />
                        </li>
                    )}
                </ul>
            </div>
            {next && !state.around.hasNoCommands && (
                <p class="next">
                    <span class="pale">Next</span> <code>{next.command}</code>{" "}
                    <span class="pale">{next.why}</span>
                </p>
            )}
            {severity !== "good" && state.around.hasNoCommands && state.can("report") && (
                <p class="next">
                    <span class="pale">Next</span>{" "}
                    <button type="button" class="link" onClick={() => showAdvice(state)}>
                        what ends it, in code
                    </button>
                </p>
            )}
        </section>
    )
}

function showAdvice(state: PageState): void {
    state.view.value = "advice"
    state.askForReport()
    // It may be below what the window shows: then nothing would seem to happen.
    document.getElementById("tab-advice")?.scrollIntoView?.()
}

/** A line of the program; where it can be edited, it leads there. */
function Place({ state, file, line }: { state: PageState; file: string; line: number }) {
    const { reveal, canReveal } = state.around
    const place = `${file}:${line}`
    if (!reveal || canReveal?.(file) === false) return <>{place}</>
    return (
        <button type="button" class="link" onClick={() => reveal(file, line)}>
            {place}
        </button>
    )
}
