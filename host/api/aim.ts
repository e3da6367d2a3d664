import { readSize } from "./run-settings"
import { UserError } from "../base/errors"
import { formatBytes, formatPercent } from "../base/format-units"
import type { Board } from "../boards/board"
import { findBoard } from "../boards/node/find-board"
import type { Aim } from "../documents/aim"
import { capacityFor, MAX_HEAP_BYTES } from "../model/heap/heap-memory"

/** What advice is to reach. */
export interface AimFlags {
    until?: string
    maxLive?: string
    headroom?: string
    fragmentation?: string
}

const AIMS = ["until", "maxLive", "headroom", "fragmentation"] as const
/** A board is fit for a program that leaves it a tenth of its heap. */
const SPARE = 0.1

/** Whether advice has an aim. */
export function hasAim(flags: AimFlags): boolean {
    return AIMS.some(name => flags[name] !== undefined)
}

/** The flags of the run with which an aim is found out: on the board that it is for, with room to see all. */
export function forAim<T extends AimFlags & { board?: string; heap?: string }>(flags: T): T {
    const { until, board, heap } = flags
    if (until === undefined || board !== undefined) return flags
    return { ...flags, board: until, heap: heap ?? String(MAX_HEAP_BYTES) }
}

/** @throws UserError for more than one aim, or one that cannot be */
export function readAim(flags: AimFlags, board: Pick<Board, "heapBytes">): Aim | undefined {
    const given = AIMS.filter(name => flags[name] !== undefined)
    if (given.length > 1)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "advice has one aim: take one of --until, --max-live, --headroom and --fragmentation.",
        )
    const { until, maxLive, headroom, fragmentation } = flags
    if (until !== undefined) {
        const { id, heapBytes } = findBoard(until, "")
        const most = Math.floor(capacityFor(heapBytes) * (1 - SPARE))
        return live(most, ` (${id} with a tenth to spare)`)
    }
    if (maxLive !== undefined) return live(readSize("--max-live", maxLive))
    if (headroom !== undefined) {
        const share = readShare("--headroom", headroom)
        const most = Math.floor(capacityFor(board.heapBytes) * (1 - share))
        return live(most, ` (${formatPercent(share)} of the heap free of it)`)
    }
    if (fragmentation === undefined) return undefined
    const most = readShare("--fragmentation", fragmentation)
    return { figure: "fragmentation", most, words: `fragmentation ${formatPercent(most)} at most` }
}

function live(most: number, why = ""): Aim {
    return { figure: "live", most, words: `at most ${formatBytes(most)} live${why}` }
}

/** `25%` or `0.25`. */
function readShare(flag: string, text: string): number {
    const match = /^(\d{1,3}(?:\.\d{1,6})?)(%?)$/.exec(text)
    const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : NaN
    if (!(share >= 0 && share < 1))
        throw new UserError("E_VALUE", `${flag} ${text} is no share below one: take 25% or 0.25.`)
    return share
}
