import { useMemo } from "preact/hooks"
import { duplicatesIn } from "../../../analysis/snapshot/duplicates"
import type { SnapshotView } from "../../../analysis/snapshot/snapshot-view"
import { formatBytesExact, formatCount } from "../../../base/format-units"
import { shorten } from "../../../base/shorten"
import type { PageState } from "../../page-state"

const MAX_ROWS = 60
const MAX_TEXT = 60

/** Texts and buffers that are there more than once. */
export function DuplicateList({ view, state }: { view: SnapshotView; state: PageState }) {
    const found = useMemo(() => duplicatesIn(view.graph), [view])
    const wasted = found.reduce((sum, { wastedBytes }) => sum + wastedBytes, 0)
    if (found.length === 0)
        return <p class="nothing">No text and no buffer is there twice: nothing is wasted so.</p>
    return (
        <>
            <p class="nothing">
                {formatBytesExact(wasted)} wasted: of each, one would do. Texts and buffers are
                compared by what is in them.
            </p>
            <table>
                <thead>
                    <tr>
                        <th scope="col">contents</th>
                        <th scope="col" class="number">
                            copies
                        </th>
                        <th scope="col" class="number">
                            wasted
                        </th>
                        <th scope="col">the first is</th>
                    </tr>
                </thead>
                <tbody>
                    {found.slice(0, MAX_ROWS).map(({ type, contents, nodes, wastedBytes }) => (
                        <tr key={`${type} ${contents}`}>
                            <th scope="row">
                                <span class="named">
                                    <i class="swatch" style={{ background: `var(--${type})` }} />
                                    <code>{shorten(contents, MAX_TEXT)}</code>
                                </span>
                            </th>
                            <td class="number">{formatCount(nodes.length)}</td>
                            <td class="number">{formatBytesExact(wastedBytes)}</td>
                            <td>
                                <button
                                    class="link"
                                    type="button"
                                    onClick={() => (state.chosenNode.value = nodes[0]!.id)}
                                >
                                    {view.pathOf(nodes[0]!) || nodes[0]!.name}
                                </button>
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </>
    )
}
