import {
    formatBytesExact as exactly,
    formatCount,
    formatDuration,
} from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { WorstReport } from "../../../documents/scenario/worst-report"
import type { Style } from "../text/style"
import { wrap } from "../text/text-layout"

/** Events of the found case that are listed; the scenario has all. */
const MAX_EVENTS = 12

/** The worst that was found, for a terminal: the figures, what happens in it, and how to run it again. */
export function renderWorst(report: WorstReport, { colors: c, width }: Style): string {
    const { worst, usual, runs, heap, program, board } = report
    const { scenario } = worst
    const share = worst.highWaterLiveBytes / Math.max(1, usual.highWaterLiveBytes)
    const state =
        worst.died === undefined
            ? `${exactly(worst.highWaterLiveBytes)} live at most`
            : `${worst.died.replaceAll("-", " ")} on the largest heap there is`
    const lines = [
        c.bold(`The worst of ${formatCount(runs.searched)} runs: ${state}`),
        `${sanitize(program.entry)} on ${sanitize(board.id)}, ${formatDuration(report.forMs)} each. Run ${formatCount(worst.foundAtRun)} found it; by itself it keeps ${exactly(usual.highWaterLiveBytes)} (${share.toFixed(1)}x).`,
        "",
        c.bold("What happens in it"),
        ...eventsOf(scenario),
        "",
        c.bold("Heap"),
        ...heapLines(heap, board.heapBytes),
        "",
        c.bold("Again"),
    ]
    const text = lines.flatMap(line => (line === "" ? [""] : wrap(line, width)))
    // To be pasted: broken into lines it is another command.
    return [...text, sanitize(worst.command)].join("\n") + "\n"
}

function eventsOf({
    seed,
    slower,
    servers = [],
    steps = [],
}: WorstReport["worst"]["scenario"]): string[] {
    const told = [
        `seed ${seed}`,
        ...(slower === undefined ? [] : [`every server ${String(slower)} slower`]),
        ...servers.map(server => short(`${server.host} answers ${JSON.stringify(server)}`)),
        ...steps.map(step => short(JSON.stringify(step))),
    ]
    const hidden = told.length - MAX_EVENTS
    return [...told.slice(0, MAX_EVENTS), ...(hidden > 0 ? [`and ${hidden} more`] : [])].map(
        sanitize,
    )
}

function short(text: string): string {
    return text.length > 110 ? `${text.slice(0, 110)}…` : text
}

function heapLines(heap: WorstReport["heap"], ownBytes: number): string[] {
    const { smallestBytes, diesBelow, tried, lucky, deadly } = heap
    if (smallestBytes === null)
        return [`It dies on 64 KiB, too, the most that the VM takes: ${diesBelow}.`]
    const own = smallestBytes <= ownBytes ? "fits this board's" : "is more than this board's"
    const lines = [
        `It lives on ${exactly(smallestBytes)}, which ${own} ${exactly(ownBytes)}; on ${exactly(smallestBytes - 8)} it dies${diesBelow === undefined ? "" : ` (${diesBelow})`}. ${formatCount(tried.length)} larger sizes were tried, and it lives on all of them.`,
    ]
    if (lucky.length > 0)
        lines.push(
            `By luck it lives on ${lucky.map(exactly).join(", ")}, too: a smaller heap collects at other moments. It dies on ${deadly.map(exactly).join(", ")}.`,
        )
    return lines
}
