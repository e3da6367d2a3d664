import { worthText } from "../../analysis/outcome/structure-worth"
import { formatCount } from "../../base/format-units"
import type { PageState } from "../page-state"
import { Panel } from "./panel"
import { Term } from "./term"

/**
 * The bounded structures that the program's agent reports: how full, how full ever, what was refused, and
 * of those that count it what they are worth.
 */
export function Structures({ state }: { state: PageState }) {
    void state.frame.value
    const history = state.history.value
    const structures = history?.structuresAt(state.momentMs.value ?? Infinity) ?? []
    if (structures.length === 0) return null
    const isCounted = structures.some(({ worth }) => worth !== undefined)
    return (
        <Panel title="Structures">
            <table>
                <thead>
                    <tr>
                        <th scope="col">name</th>
                        <th scope="col">full</th>
                        <th scope="col" class="number">
                            now
                        </th>
                        <th scope="col" class="number">
                            <Term name="high-water mark">most</Term>
                        </th>
                        <th scope="col" class="number">
                            of
                        </th>
                        <th scope="col" class="number">
                            refused
                        </th>
                        {isCounted && <th scope="col">worth</th>}
                    </tr>
                </thead>
                <tbody>
                    {structures.map(({ name, length, capacity, highWaterMark, refused, worth }) => (
                        <tr key={name}>
                            <th scope="row">{name}</th>
                            <td>
                                <div class="full">
                                    <i
                                        style={{
                                            width: `${(length / Math.max(1, capacity)) * 100}%`,
                                        }}
                                    />
                                </div>
                            </td>
                            <td class="number">{formatCount(length)}</td>
                            <td class="number">{formatCount(highWaterMark)}</td>
                            <td class="number">{formatCount(capacity)}</td>
                            <td class={`number ${refused > 0 ? "bad" : ""}`}>
                                {formatCount(refused)}
                            </td>
                            {isCounted && <td>{worth && worthText(worth)}</td>}
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    )
}
