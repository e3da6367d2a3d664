import type { GraphNode } from "../../model/graph/graph"
import type {
    ExactHeapFigures,
    ReachableHeapFigures,
    Snapshot,
    SnapshotBlock,
} from "../../documents/snapshot"
import type { Advice } from "../../documents/advice"
import { concludeSnapshot } from "../../analysis/snapshot/conclude"
import { renderAdvice } from "./advice-terminal"
import { structuresSection } from "./sim-terminal"
import { renderJudgement } from "./judgement-terminal"
import { sharesOf } from "../../analysis/snapshot/retained-shares"
import type { SnapshotView } from "../../analysis/snapshot/snapshot-view"
import { isFilledType } from "../block-looks"
import { blockLetter, paintBlock } from "./charts/block-style"
import { snapshotTitle } from "./text/moment-text"
import { placeText } from "./text/place-text"
import { heapBarLegend, renderHeapBar } from "./charts/heap-bar"
import { sanitize } from "../../base/sanitize"
import type { Style } from "./text/style"
import { renderTable, renderTopTable, type TopTableColumn } from "./text/table"
import { fit, flow, indent, wrap } from "./text/text-layout"
import { formatBytes, formatBytesExact, formatCount, formatPercent } from "../../base/format-units"

const HEAP_BAR_ROWS = 3
const REACH =
    "What the debugger can reach of a program without the agent: sizes are worked out, garbage and free bytes are not known. Link the agent for exact figures."
/** Columns of a place in the source. */
const MAX_PLACE = 24

/**
 * A snapshot for a terminal: where the bytes are, what keeps them, `top` rows of each table.
 * @param besides what else there is to say of the moment, such as why the program died
 */
export function renderSnapshot(
    view: SnapshotView,
    top: number,
    style: Style,
    { note = "", advice }: { note?: string; advice?: readonly Advice[] } = {},
): string {
    const inner = indent.narrow(style)
    const { snapshot } = view
    const sections = [
        wrap(sanitize(note), inner.width).join("\n"),
        ...renderHeap(snapshot, inner),
        renderBiggest(view, top, inner),
        renderClasses(view, top, inner),
        renderShares(view, top, inner),
        structuresSection(snapshot.structures, inner),
        snapshot.heap.reach === undefined ? renderGarbage(snapshot.heap, inner) : "",
        renderAdvice(advice, inner),
    ].filter(section => section !== "")
    const title = fit(snapshotTitle("Heap of", snapshot, style.width), style.width)
    return [
        `${style.colors.bold(title)}\n${indent.lines(sections.join("\n\n"), inner)}`,
        renderJudgement(concludeSnapshot(view), advice?.[0], style),
    ].join("\n\n")
}

/** Figures and map; of what the debugger can reach there are only sums. */
function renderHeap({ heap, blocks }: Snapshot, style: Style): string[] {
    if (heap.reach === undefined)
        return [renderSum(heap, style), renderMap(blocks, heap.capacityBytes, style)]
    return [
        wrap(REACH, style.width).map(style.colors.yellow).join("\n"),
        renderReachable(heap, style),
    ]
}

function renderReachable(heap: ReachableHeapFigures, { width, colors: c }: Style): string {
    const parts = [
        `${c.bold(`about ${formatBytesExact(heap.liveBytes)}`)} reached`,
        `about ${formatBytesExact(heap.liveBytes - heap.runtimeBytes)} the program's objects`,
        `about ${formatBytesExact(heap.runtimeBytes)} the VM's own`,
        ...(heap.unread > 0
            ? [
                  `cut short: ${formatCount(heap.unread)} objects were not looked into, and what only they hold is missing`,
              ]
            : []),
    ]
    return flow(parts, width, " · ")
}

function renderSum(heap: ExactHeapFigures, { width, colors: c }: Style): string {
    const own = heap.liveBytes - heap.runtimeBytes
    const parts = [
        `${c.bold(formatBytesExact(heap.usedBytes))} used of ${formatBytesExact(heap.capacityBytes)}`,
        `${formatBytesExact(own)} the program's objects`,
        `${formatBytesExact(heap.runtimeBytes)} the VM's own`,
        `${formatBytesExact(heap.garbageBytes)} garbage`,
        `${formatBytesExact(heap.freeBytes)} free, largest free block ${formatBytesExact(heap.largestFreeBytes)}`,
    ]
    return flow(parts, width, " · ")
}

function renderMap(tuples: readonly SnapshotBlock[], capacityBytes: number, style: Style): string {
    const blocks = tuples.map(([address, bytes, type, state]) => ({
        address,
        bytes,
        type,
        pinned: state === "pinned",
        live: state === "live" || state === "pinned",
    }))
    const heapStart = blocks[0]?.address ?? 0
    const options = {
        heapStart,
        capacityBytes,
        rows: HEAP_BAR_ROWS,
    }
    return `${renderHeapBar(blocks, options, style)}\n${heapBarLegend(blocks, heapStart, style)}`
}

function renderBiggest(view: SnapshotView, top: number, style: Style): string {
    const holdings = view.byPath()
    const rows = holdings.slice(0, top).map(holding => {
        const node = holding.nodes[0]!
        const path = holding.nodes.length === 1 ? view.pathOf(node) : view.patternOf(node)
        return [
            sanitize(path),
            sanitize(node.className),
            formatCount(holding.nodes.length),
            formatBytesExact(holding.bytes),
            formatBytesExact(holding.retainedBytes),
            placeText(view, holding.nodes, MAX_PLACE),
        ]
    })
    const columns: TopTableColumn[] = [
        { title: "Biggest", align: "left", shrinks: "end" },
        { title: "class", align: "left", shrinks: "end" },
        { title: "objects", align: "right" },
        { title: "own", align: "right" },
        { title: "keeps", align: "right" },
        { title: "made at", align: "left", shrinks: "start" },
    ]
    return renderTopTable(columns, rows, holdings.length, style)
}

function renderClasses(view: SnapshotView, top: number, style: Style): string {
    const holdings = view.byClass().sort((a, b) => b.bytes - a.bytes)
    const rows = holdings
        .slice(0, top)
        .map(({ key, nodes, bytes, retainedBytes }) => [
            classCell(key, nodes[0]!, style),
            formatCount(nodes.length),
            formatBytesExact(bytes),
            formatPercent(bytes / Math.max(1, view.graph.liveBytes)),
            formatBytesExact(retainedBytes),
            largest(nodes),
        ])
    const columns: TopTableColumn[] = [
        { title: "By class", align: "left", shrinks: "end" },
        { title: "objects", align: "right" },
        { title: "own", align: "right" },
        { title: "of live", align: "right" },
        { title: "keeps", align: "right" },
        { title: "largest", align: "right" },
    ]
    return renderTopTable(columns, rows, holdings.length, style)
}

function renderShares(view: SnapshotView, top: number, style: Style): string {
    const shares = sharesOf(view.graph)
    const rows = shares
        .slice(0, top)
        .map(({ name, className, retainedBytes, reachedBytes }) => [
            sanitize(name),
            sanitize(className ?? ""),
            formatBytesExact(retainedBytes),
            formatPercent(retainedBytes / Math.max(1, view.graph.liveBytes)),
            formatBytesExact(reachedBytes),
        ])
    const columns: TopTableColumn[] = [
        { title: "By variable", align: "left", shrinks: "end" },
        { title: "holds", align: "left", shrinks: "end" },
        { title: "keeps alone", align: "right" },
        { title: "of live", align: "right" },
        { title: "reaches", align: "right" },
    ]
    return renderTopTable(columns, rows, shares.length, style)
}

function renderGarbage(heap: ExactHeapFigures, style: Style): string {
    const types = Object.entries(heap.garbageByType).sort(([, a], [, b]) => b.bytes - a.bytes)
    if (types.length === 0) return ""
    const rows = types.map(([type, { blocks, bytes }]) => [
        typeCell(type, true, style),
        formatCount(blocks),
        formatBytesExact(bytes),
        formatPercent(bytes / heap.garbageBytes),
    ])
    const columns: TopTableColumn[] = [
        { title: "Garbage", align: "left" },
        { title: "blocks", align: "right" },
        { title: "bytes", align: "right" },
        { title: "of it", align: "right" },
    ]
    return renderTable(columns, rows, style)
}

function classCell(name: string, { type }: GraphNode, style: Style): string {
    const text = sanitize(name)
    if (type === undefined || !isFilledType(type)) return `  ${text}`
    return `${paintBlock(type, false, blockLetter(type), style.colors)} ${text}`
}

function typeCell(type: string, isGarbage: boolean, { colors }: Style): string {
    return isFilledType(type)
        ? `${paintBlock(type, isGarbage, blockLetter(type, isGarbage), colors)} ${type}`
        : sanitize(type)
}

function largest(nodes: readonly GraphNode[]): string {
    return formatBytes(Math.max(...nodes.map(({ bytes }) => bytes)))
}
