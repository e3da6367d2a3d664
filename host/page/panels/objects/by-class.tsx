import { useMemo } from "preact/hooks"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { formatBytesExact, formatCount } from "../../../base/format-units"
import type { PageState } from "../../page-state"
import { Term } from "../term"

const MAX_ROWS = 60

/** Objects of one class together. */
export function ByClass({ view, state }: { view: SnapshotView; state: PageState }) {
    const classes = useMemo(() => view.byClass(), [view])
    const most = Math.max(1, classes[0]?.retainedBytes ?? 1)
    return (
        <table>
            <thead>
                <tr>
                    <th scope="col">class</th>
                    <th scope="col" class="number">
                        objects
                    </th>
                    <th scope="col" class="number">
                        <Term name="shallow" />
                    </th>
                    <th scope="col" class="number">
                        <Term name="retained" />
                    </th>
                    <th scope="col">
                        <span class="unseen">share</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                {classes.slice(0, MAX_ROWS).map(({ key, nodes, bytes, retainedBytes }) => (
                    <tr key={key}>
                        <th scope="row">
                            <button
                                class="link"
                                type="button"
                                title="the largest of them"
                                onClick={() => (state.chosenNode.value = largest(view, nodes))}
                            >
                                {key}
                            </button>
                        </th>
                        <td class="number">{formatCount(nodes.length)}</td>
                        <td class="number">{formatBytesExact(bytes)}</td>
                        <td class="number">{formatBytesExact(retainedBytes)}</td>
                        <td class="bar-cell">
                            <i
                                style={{
                                    width: `${(retainedBytes / most) * 100}%`,
                                    background: "var(--live)",
                                }}
                            />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    )
}

function largest({ retention }: SnapshotView, nodes: SnapshotView["objects"]): number {
    return nodes.reduce((most, node) =>
        retention.retainedBy(node) > retention.retainedBy(most) ? node : most,
    ).id
}
