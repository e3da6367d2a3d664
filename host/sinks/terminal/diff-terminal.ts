import {
    change,
    type ChangedGroup,
    type DiffReport,
    type DiffSide,
} from "../../documents/diff-report"
import { concludeDiff } from "../../analysis/snapshot/conclude"
import { renderJudgement } from "./judgement-terminal"
import { momentText } from "./text/moment-text"
import { sanitize } from "../../base/sanitize"
import { placeOf } from "./text/place-text"
import type { Style } from "./text/style"
import { renderTopTable, type TopTableColumn } from "./text/table"
import { flow, indent, wrap } from "./text/text-layout"
import { formatBytesExact, formatCount, formatCountOf, formatSigned } from "../../base/format-units"

/** Columns of a place in the source. */
const MAX_PLACE = 24

/** The difference of two snapshots for a terminal, `top` rows of each table. */
export function renderDiff(diff: DiffReport, top: number, style: Style): string {
    const inner = indent.narrow(style)
    const sections = [
        renderSum(diff, inner),
        renderGrown(diff, top, inner),
        renderPaths(diff, top, inner),
        renderClasses(diff, top, inner),
    ].filter(section => section !== "")
    const title = wrap(titleOf(diff), style.width).map(style.colors.bold)
    return [
        `${title.join("\n")}\n${indent.lines(sections.join("\n\n"), inner)}`,
        renderJudgement(concludeDiff(diff), undefined, style),
    ].join("\n\n")
}

function titleOf({ a, b, sameRun }: DiffReport): string {
    const name = ({ program, board }: DiffSide) =>
        `${sanitize(program.entry)} on ${sanitize(board.id)}`
    return sameRun
        ? `Heap of ${name(a)}, from ${momentText(a.taken)} to ${momentText(b.taken)}`
        : `Heap of ${name(a)} at ${momentText(a.taken)}, then of ${name(b)} at ${momentText(b.taken)}`
}

function renderSum({ heap, objects, sameRun }: DiffReport, { colors: c, width }: Style): string {
    const live = change(heap.liveBytes)
    const color = live > 0 ? c.yellow : c.green
    const figure = (words: string, pair: [number, number] | undefined) =>
        pair
            ? [
                  `${words} ${formatBytesExact(pair[1])} (${formatSigned(change(pair), formatBytesExact)})`,
              ]
            : []
    const parts = [
        c.bold(color(`${formatSigned(live, formatBytesExact)} live`)),
        ...figure("used", heap.usedBytes),
        ...figure("garbage", heap.garbageBytes),
        ...figure("free", heap.freeBytes),
        ...figure("largest free block", heap.largestFreeBytes),
    ]
    const counts = [
        `${formatCountOf(objects.new.objects, "object")} new (${formatBytesExact(objects.new.bytes)})`,
        `${formatCount(objects.gone.objects)} gone (${formatBytesExact(objects.gone.bytes)})`,
        `${formatCount(objects.kept.objects)} in both (${formatSigned(change(objects.kept.bytes), formatBytesExact)})`,
        sameRun ? "one run: told apart by allocation" : "two runs: told apart by path and class",
    ]
    return `${flow(parts, width, " · ")}\n${flow(counts, width, " · ")}`
}

function renderGrown({ grown }: DiffReport, top: number, style: Style): string {
    const { colors: c } = style
    if (grown.length === 0) return c.green("Nothing that is in both keeps more than before.")
    const rows = grown
        .slice(0, top)
        .map(one => [
            sanitize(one.path),
            sanitize(one.class),
            c.yellow(formatSigned(change(one.retainedBytes), formatBytesExact)),
            formatBytesExact(one.retainedBytes[1]),
            one.length && change(one.length) !== 0
                ? formatSigned(change(one.length), formatCount)
                : "",
            one.grownAt ? placeOf(one.grownAt, MAX_PLACE) : "",
        ])
    const columns: TopTableColumn[] = [
        { title: "Keeps more than before", align: "left", shrinks: "end" },
        { title: "class", align: "left", shrinks: "end" },
        { title: "keeps", align: "right" },
        { title: "now", align: "right" },
        { title: "length", align: "right" },
        { title: "grown at", align: "left", shrinks: "start" },
    ]
    return renderTopTable(columns, rows, grown.length, style)
}

function renderPaths({ byPath }: DiffReport, top: number, style: Style): string {
    if (byPath.length === 0) return ""
    const rows = byPath.slice(0, top).map(group => [sanitize(group.path), ...figures(group, style)])
    return renderTopTable(
        [{ title: "By what holds them", align: "left", shrinks: "end" }, ...FIGURES],
        rows,
        byPath.length,
        style,
    )
}

function renderClasses({ byClass }: DiffReport, top: number, style: Style): string {
    if (byClass.length === 0) return ""
    const rows = byClass.slice(0, top).map(group => figures(group, style))
    const [first, ...rest] = FIGURES
    return renderTopTable([{ ...first!, title: "By class" }, ...rest], rows, byClass.length, style)
}

const FIGURES: readonly TopTableColumn[] = [
    { title: "class", align: "left", shrinks: "end" },
    { title: "new", align: "right" },
    { title: "gone", align: "right" },
    { title: "now", align: "right" },
    { title: "own bytes", align: "right" },
]

function figures(group: ChangedGroup, { colors: c }: Style): string[] {
    const bytes = change(group.bytes)
    const color = bytes > 0 ? c.yellow : bytes < 0 ? c.green : c.dim
    return [
        sanitize(group.class),
        group.new === 0 ? "" : formatCount(group.new),
        group.gone === 0 ? "" : formatCount(group.gone),
        formatCount(group.objects[1]),
        color(formatSigned(bytes, formatBytesExact)),
    ]
}
