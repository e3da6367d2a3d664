import { isFilledType } from "../block-looks"
import { blockLetter, blockWords, paintBlock } from "./charts/block-style"
import { gauge, share } from "./charts/gauge"
import { sanitize } from "../../base/sanitize"
import type { HeapFigures } from "../../documents/sim-report"
import type { Style } from "./text/style"
import { renderTable } from "./text/table"
import { formatBytesExact, formatCount, formatPercent } from "../../base/format-units"

const GAUGE_COLUMNS = 24

/**
 * What the used bytes are, by kind of block, largest first: blocks, bytes, share of the used bytes.
 * Empty when nothing is used.
 */
export function renderTypeTable(heap: HeapFigures, style: Style): string {
    const { colors: c } = style
    const types = Object.entries(heap.byType).filter(([, { blocks }]) => blocks > 0)
    if (types.length === 0) return ""
    types.sort(([, a], [, b]) => b.bytes - a.bytes)
    const most = types[0]?.[1].bytes ?? 0
    const rows = types.map(([type, { blocks, bytes }]) => {
        const bar = gauge(bytes, most, GAUGE_COLUMNS)
        const [letter, paintedBar, words] = isFilledType(type)
            ? [
                  paintBlock(type, false, blockLetter(type), c),
                  paintBlock(type, true, bar, c),
                  blockWords(type),
              ]
            : [" ", bar, sanitize(type)]
        return [
            `${letter} ${words}`,
            formatCount(blocks),
            formatBytesExact(bytes),
            formatPercent(share(bytes, heap.usedBytes)),
            paintedBar,
        ]
    })
    return renderTable(
        [
            { title: "By type", align: "left" },
            { title: "blocks", align: "right" },
            { title: "bytes", align: "right" },
            { title: "of used", align: "right" },
            { title: "", align: "left" },
        ],
        rows,
        style,
    )
}
