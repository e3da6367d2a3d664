import { formatBytes, formatCountOf, formatDuration, formatPercent } from "../../base/format-units"
import type { Condition, WallBoard } from "../../documents/fleet/fleet-wall"
import { linkTo } from "./route"
import { Trail } from "./trail"

const WORDS: Readonly<Record<Condition, string>> = {
    gone: "gone",
    died: "died",
    full: "nearly full",
    holes: "no free block of 2 KiB",
    new: "no figures yet",
    fine: "fine",
}
const LOOKS: Readonly<Record<Condition, string>> = {
    ...{ gone: "bad", died: "bad", full: "bad", holes: "warning", new: "quiet", fine: "good" },
}

const MINUTE_MS = 60_000

/** One board of the wall: how it is, and the way to it. */
export function BoardTile({
    board,
    token,
    nowMs,
}: {
    board: WallBoard
    token: string
    nowMs: number
}) {
    const { name, condition, heap, trail } = board
    return (
        <li>
            <a class={`board-tile ${LOOKS[condition]}`} href={linkTo({ token, board: name })}>
                <span class="head">
                    <strong>{name}</strong>
                    <span class="condition">{WORDS[condition]}</span>
                </span>
                {heap ? (
                    <>
                        <span class="share">
                            {formatPercent(heap.liveBytes / heap.limitBytes)}
                            <span class="pale">
                                {" "}
                                live, {formatBytes(heap.liveBytes)} of{" "}
                                {formatBytes(heap.limitBytes)}
                            </span>
                        </span>
                        <HeapBar heap={heap} />
                    </>
                ) : (
                    <span class="share pale">{lastHeard(board, nowMs)}</span>
                )}
                <Trail trail={trail} />
                {board.death && <span class="foot">{deathIn(board.death)}</span>}
                <span class="foot pale">{facts(board)}</span>
            </a>
        </li>
    )
}

/** Live, garbage and free, as wide as they are. */
function HeapBar({ heap }: { heap: NonNullable<WallBoard["heap"]> }) {
    const share = (bytes: number) => Math.min(100, (100 * bytes) / heap.limitBytes)
    return (
        <svg class="heap-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect class="free" width="100" height="6" />
            <rect class="garbage" width={share(heap.usedBytes)} height="6" />
            <rect class="live" width={share(heap.liveBytes)} height="6" />
        </svg>
    )
}

function lastHeard({ lastMs, condition }: WallBoard, nowMs: number): string {
    if (lastMs === undefined) return condition === "gone" ? "it never told figures" : "waiting"
    return `last heard ${formatDuration(Math.max(0, Math.round((nowMs - lastMs) / 1000) * 1000))} ago`
}

/** Never without the range. */
function deathIn({ inMs, fromMs, toMs, by }: NonNullable<WallBoard["death"]>): string {
    const round = (ms: number) => formatDuration(Math.round(ms / MINUTE_MS) * MINUTE_MS)
    return `out of memory in about ${round(inMs)} (${round(fromMs)} to ${round(toMs)}) if it goes on so${by ? ", by how its program died in the simulator" : ""}`
}

function facts({ board, uptimeMs, deaths, starts, missed }: WallBoard): string {
    return [
        board,
        ...(uptimeMs === undefined ? [] : [`up ${formatDuration(uptimeMs)}`]),
        ...(deaths > 0 ? [formatCountOf(deaths, "death")] : []),
        ...(starts - 1 > deaths ? [formatCountOf(starts - 1, "new start")] : []),
        ...(missed > 0 ? [`${formatCountOf(missed, "report")} missed`] : []),
    ].join(" · ")
}
