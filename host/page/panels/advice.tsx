import { formatBytesExact, formatCountOf, formatDuration } from "../../base/format-units"
import { saved, type Advice, type Change } from "../../documents/advice"
import type { PageState } from "../page-state"
import { Panel } from "./panel"

/** What saves less is in the report. */
const MAX_ADVICE = 5

/** What could take less memory, in words: the same as the report's. */
export function AdvicePanel({ state }: { state: PageState }) {
    const report = state.report.value
    const canAsk = state.can("report")
    const advice = report?.advice ?? []
    const more = advice.length - MAX_ADVICE
    return (
        <Panel
            title="Advice"
            note={
                report &&
                `of the same run done again up to ${formatDuration(report.simulated.ms)}, with nothing done by hand`
            }
            actions={
                canAsk && (
                    <button
                        type="button"
                        disabled={state.isReporting.value}
                        onClick={() => state.askForReport()}
                    >
                        {state.isReporting.value
                            ? "Running it again"
                            : report
                              ? "Look again"
                              : "What would save memory?"}
                    </button>
                )
            }
        >
            {!report ? (
                <p class="nothing">
                    {canAsk
                        ? "The same run is done once more, as fast as it goes, with an adviser that looks at what each line makes and what becomes of it."
                        : state.whyNot(
                              "report",
                              "Nobody can tell of this source: a simulated board can be advised on while it is watched.",
                          )}
                </p>
            ) : advice.length === 0 ? (
                <p class="nothing">Nothing here is worth a change.</p>
            ) : (
                <ol class="advice">
                    {advice.slice(0, MAX_ADVICE).map((one, index) => (
                        <One key={index} advice={one} />
                    ))}
                    {more > 0 && (
                        <li class="more pale">and {formatCountOf(more, "other")}, in the report</li>
                    )}
                </ol>
            )}
        </Panel>
    )
}

function One({ advice }: { advice: Advice }) {
    const { what, instead, at, code, live, peak, churn } = advice
    const savings = [
        saving(live, "live"),
        saving(peak, "at the peak"),
        saving(churn, "allocated"),
    ].filter(text => text !== undefined)
    return (
        <li>
            <p>
                {what}
                {at && (
                    <span class="pale">
                        {" "}
                        {at.file}:{at.line}
                    </span>
                )}
            </p>
            <p>{instead}</p>
            {savings.length > 0 && (
                <p>
                    <b>Saves {savings.join(", ")}</b>
                </p>
            )}
            {code !== undefined && <pre>{code}</pre>}
        </li>
    )
}

function saving(change: Change | undefined, words: string): string | undefined {
    const bytes = saved(change)
    return bytes > 0 ? `${formatBytesExact(bytes)} ${words}` : undefined
}
