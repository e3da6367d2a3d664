import { useSignal } from "@preact/signals"
import { useEffect, useMemo, useRef } from "preact/hooks"
import { metricOf, type Metric } from "../../../documents/cost"
import type { Allocated } from "../../../model/allocated"
import type { PageState } from "../../page-state"
import { Panel } from "../panel"
import { costsByLine, type FileCosts } from "./line-costs"

interface SourceCostsProps {
    state: PageState
    told: Allocated
    by: Metric
    format: (value: number) => string
}

/** The sources of the program, each line with what it allocates in the margin. */
export function SourceCosts({ state, told, by, format }: SourceCostsProps) {
    const place = useRef<HTMLDivElement>(null)
    const chosen = useSignal<string | undefined>(undefined)
    const files = useMemo(() => costsByLine(told, by), [told, by])
    const shown = files.find(({ file }) => file === chosen.value) ?? files[0]
    const text = shown && state.sources.value.get(shown.file)
    useEffect(() => {
        if (shown) state.askForSource(shown.file)
    }, [shown?.file])
    useEffect(() => {
        // The heaviest line is what somebody comes for.
        const box = place.current
        const row = box?.querySelectorAll("tbody tr")[heaviestLine(shown, by) - 1]
        if (box && row instanceof HTMLElement) box.scrollTop = row.offsetTop - box.clientHeight / 2
    }, [shown?.file, text === undefined, by])
    if (!shown) return null
    const most = Math.max(1, ...[...shown.lines.values()].map(cost => metricOf(cost, by)))
    return (
        <Panel
            title="Source"
            class="source"
            note="in the margin, what each line is charged with; libraries are charged to who calls them"
            actions={
                <select
                    aria-label="Which file"
                    value={shown.file}
                    onChange={event => (chosen.value = event.currentTarget.value)}
                >
                    {files.map(({ file, total }) => (
                        <option key={file} value={file}>
                            {file}, {format(metricOf(total, by))}
                        </option>
                    ))}
                </select>
            }
        >
            {text === undefined ? (
                <p class="nothing">
                    {state.sources.value.has(shown.file)
                        ? "The text of this file is not known."
                        : "Fetching the text."}
                </p>
            ) : (
                <div
                    class="code"
                    ref={place}
                    tabIndex={0}
                    role="region"
                    aria-label={`Text of ${shown.file}`}
                >
                    <table>
                        <thead class="unseen">
                            <tr>
                                <th scope="col">allocates</th>
                                <th scope="col">line</th>
                                <th scope="col">text</th>
                            </tr>
                        </thead>
                        <tbody>
                            {text.split("\n").map((line, index) => {
                                const cost = shown.lines.get(index + 1)
                                const value = cost ? metricOf(cost, by) : 0
                                return (
                                    <tr key={index} class={value > 0 ? "costs" : ""}>
                                        <td
                                            class="number"
                                            style={{ "--share": `${(value / most) * 100}%` }}
                                        >
                                            {value > 0 && format(value)}
                                        </td>
                                        <td class="number pale">{index + 1}</td>
                                        <td>
                                            <code>{line}</code>
                                        </td>
                                    </tr>
                                )
                            })}
                        </tbody>
                    </table>
                </div>
            )}
        </Panel>
    )
}

/** By number; 0 where none has any. */
function heaviestLine(costs: FileCosts | undefined, by: Metric): number {
    let heaviest = 0
    let most = 0
    for (const [line, cost] of costs?.lines ?? []) {
        const value = metricOf(cost, by)
        if (value <= most) continue
        most = value
        heaviest = line
    }
    return heaviest
}
