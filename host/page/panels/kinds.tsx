import { formatBytesExact, formatCount } from "../../base/format-units"
import type { HeapBlock } from "../../model/heap/block"
import { BLOCK_LOOKS, isFilledType, type FilledType } from "../../sinks/block-looks"
import type { PageState } from "../page-state"
import { Panel } from "./panel"

interface Kind {
    type: FilledType
    blocks: number
    liveBytes: number
    bytes: number
}

/** What the blocks are, at the moment that is looked at. */
export function Kinds({ state }: { state: PageState }) {
    void state.frame.value
    const kinds = byKind(state.blocks)
    if (kinds.length === 0) return null
    const most = kinds[0]!.bytes
    return (
        <Panel title="By kind">
            <table>
                <thead>
                    <tr>
                        <th scope="col">kind</th>
                        <th scope="col" class="number">
                            blocks
                        </th>
                        <th scope="col" class="number">
                            live
                        </th>
                        <th scope="col" class="number">
                            used
                        </th>
                        <th scope="col">
                            <span class="unseen">share</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {kinds.map(({ type, blocks, liveBytes, bytes }) => (
                        <tr key={type}>
                            <th scope="row">
                                <span class="named">
                                    <i class="swatch" style={{ background: `var(--${type})` }} />
                                    {BLOCK_LOOKS[type].words}
                                </span>
                            </th>
                            <td class="number">{formatCount(blocks)}</td>
                            <td class="number">{formatBytesExact(liveBytes)}</td>
                            <td class="number">{formatBytesExact(bytes)}</td>
                            <td class="bar-cell">
                                <i
                                    style={{
                                        width: `${(bytes / most) * 100}%`,
                                        background: `var(--${type})`,
                                    }}
                                />
                            </td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </Panel>
    )
}

function byKind(blocks: readonly HeapBlock[]): Kind[] {
    const found = new Map<FilledType, Kind>()
    for (const { type, bytes, live } of blocks) {
        if (!isFilledType(type)) continue
        const kind = found.get(type) ?? { type, blocks: 0, liveBytes: 0, bytes: 0 }
        found.set(type, kind)
        kind.blocks++
        kind.bytes += bytes
        if (live) kind.liveBytes += bytes
    }
    return [...found.values()].sort((a, b) => b.bytes - a.bytes)
}
