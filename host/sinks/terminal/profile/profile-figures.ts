import { formatBytes, formatCount, formatDuration, formatPercent } from "../../../base/format-units"
import type { Cost, Order } from "../../../documents/cost"
import { figureOf } from "../../../documents/profile-report"
import type { BoardTime } from "../../../model/board-time"
import { share } from "../charts/gauge"
import type { TableColumn } from "../text/table"

/** What a line or a function, or the whole program, allocated and took of the board's processor. */
export interface Charged {
    cost: Cost
    boardTime: BoardTime
}

/** A column of a profile's tables. */
export interface FigureColumn extends TableColumn {
    text(charged: Charged, whole: Charged): string
}

/** From here on a table has room for every figure. */
const ROOMY = 60
/** From here on it has room for what a line mostly allocates. */
export const WIDE = 100
/** Less would be shown as nothing. */
const MIN_MS = 0.05

const ALLOCATED = column("allocated", ({ cost }) => bytesText(cost.bytes))
const COUNT = column("count", ({ cost }) => countText(cost.allocations))
const LIVE = column("live", ({ cost }) => bytesText(cost.liveBytes))
const TEMPORARY = column("temporary", ({ cost }) => bytesText(cost.temporaryBytes ?? 0))
const TIME = column("time", ({ boardTime }) => timeText(boardTime.ms))

/** Figures of a table of so many columns, those that it is sorted by among the first. */
export function figureColumns(by: Order, width: number): FigureColumn[] {
    const isRoomy = width >= ROOMY
    if (by === "temporary")
        return [TEMPORARY, shareOf(by, "share"), ALLOCATED, ...(isRoomy ? [COUNT, LIVE] : [])]
    if (by === "time")
        return [TIME, shareOf(by, "share"), ALLOCATED, ...(isRoomy ? [COUNT, LIVE] : [])]
    return [
        ...[ALLOCATED, COUNT, LIVE, shareOf(by, "share")],
        ...(isRoomy ? [TIME] : []),
        ...(width >= WIDE ? [shareOf("time", "of time")] : []),
    ]
}

/** Figures of the margin beside a source of so many columns, narrower. */
export function marginColumns(by: Order, width: number): FigureColumn[] {
    if (by === "temporary") return [TEMPORARY, ALLOCATED, COUNT]
    if (width >= ROOMY) return [ALLOCATED, COUNT, LIVE, TIME]
    return by === "time" ? [ALLOCATED, COUNT, TIME] : [ALLOCATED, COUNT, LIVE]
}

/** The figure that an order is about, for people. */
export function figureText(figure: number, by: Order): string {
    return by === "time"
        ? timeText(figure)
        : by === "count"
          ? formatCount(figure)
          : formatBytes(figure)
}

function column(title: string, text: FigureColumn["text"]): FigureColumn {
    return { title, align: "right", text }
}

function shareOf(by: Order, title: string): FigureColumn {
    const figure = ({ cost, boardTime }: Charged) => figureOf(cost, boardTime, by)
    return column(title, (charged, whole) => formatPercent(share(figure(charged), figure(whole))))
}

/** Zeros would hide what is not zero among them. */
function bytesText(bytes: number): string {
    return bytes > 0 ? formatBytes(bytes) : "-"
}

function countText(count: number): string {
    return count > 0 ? formatCount(count) : "-"
}

function timeText(ms: number): string {
    return ms >= MIN_MS ? formatDuration(ms) : ms > 0 ? "<0.1 ms" : "-"
}
