import { share } from "./charts/gauge"
import type { SimReport } from "../../documents/sim-report"
import type { Style } from "./text/style"
import { beside } from "./text/text-layout"
import { renderTable, type TableColumn } from "./text/table"
import {
    formatByteRate,
    formatBytes,
    formatCount,
    formatDuration,
    formatPercent,
    formatRate,
    formatSigned,
} from "../../base/format-units"
import { STACK_LIMITS } from "../../model/figures"
import { ranMs } from "../../documents/sim-report"

/** The key figures of a run: the heap at the end and at its highest, and what the program did. */
export function renderFigures(report: SimReport, style: Style): string {
    return beside(heapTable(report, style), activityTable(report, style), style.width)
}

function heapTable({ heap }: SimReport, style: Style): string {
    const row = (name: string, bytes: number): string[] => [
        name,
        formatBytes(bytes),
        formatPercent(share(bytes, heap.capacityBytes)),
    ]
    const rows = [
        row("used", heap.usedBytes),
        row("  high-water mark", heap.highWaterUsedBytes),
        row("live", heap.liveBytes),
        row("  high-water mark", heap.highWaterLiveBytes),
        row("free", heap.freeBytes),
        row("largest free block", heap.largestFreeBytes),
        ["fragmentation", "", formatPercent(heap.fragmentation)],
    ]
    const columns: TableColumn[] = [
        { title: "Heap", align: "left" },
        { title: "now", align: "right" },
        { title: `of ${formatBytes(heap.capacityBytes)}`, align: "right" },
    ]
    return renderTable(columns, rows, style)
}

function activityTable(report: SimReport, style: Style): string {
    const { colors: c } = style
    const { gc, trend, boardTime, stack } = report
    const seconds = ranMs(report) / 1000
    const perSecond = (count: number, format: (value: number) => string): string =>
        seconds > 0 ? format(count / seconds) : ""
    const trendColor = { flat: c.green, growing: c.yellow, unclear: c.dim }[trend.verdict]
    const rows = [
        ["collections", formatCount(gc.collections), perSecond(gc.collections, formatRate)],
        ["allocations", formatCount(gc.allocations), perSecond(gc.allocations, formatRate)],
        ["allocated", formatBytes(gc.allocatedBytes), perSecond(gc.allocatedBytes, formatByteRate)],
        [
            "live trend",
            trendColor(trend.verdict),
            `${formatSigned(trend.liveBytesPerHour, formatBytes)}/h`,
        ],
        [
            "board time",
            formatDuration(boardTime.ms),
            ranMs(report) > 0 ? formatPercent(boardTime.ms / ranMs(report)) : "",
        ],
        ["  collecting", formatDuration(boardTime.collectingMs), ""],
        ["deepest call", formatCount(stack.deepestCall), `of ${STACK_LIMITS.calls}`],
        ["most frames", formatBytes(stack.mostFrameBytes), ""],
        ["longest turn", formatCount(stack.longestTurn), `of ${formatCount(STACK_LIMITS.turn)}`],
    ]
    const columns: TableColumn[] = [
        { title: "Activity", align: "left" },
        { title: "in all", align: "right" },
        { title: "rate", align: "right" },
    ]
    return renderTable(columns, rows, style)
}
